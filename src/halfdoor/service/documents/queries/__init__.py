"""Reading papers and answers. Every function says who is reading; what they may not see is not there."""
