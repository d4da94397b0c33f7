"""The published document as one value, and what every form of it needs: tables laid out, archives, fonts."""
