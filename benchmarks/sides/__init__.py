"""What is measured: the product, its peers, the limits. One module each; a task runs in a fresh child process."""
