"""What a workbook is made of: looks, a sheet for each table, a sheet of charts. The workbook itself is in xlsx.py."""
