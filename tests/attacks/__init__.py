"""What happens when files, forms and addresses are made to break things."""
