"""Pictures in the page: stills, and explorers that follow the hand."""
