"""What is registered beside amounts, at a cut: units, what things are called, what a stream states."""
