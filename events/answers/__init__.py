"""What is handed out, whichever door asks: a page, one in full, all of them, what changed, how to cite it."""
