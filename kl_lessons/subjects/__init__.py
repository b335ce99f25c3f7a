"""What is taught, in numbers: coins, codes, languages, classifiers; it knows no picture."""
