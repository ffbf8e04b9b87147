"""Files of answers, of any kind → their first rows, and a scan of what follows them."""
