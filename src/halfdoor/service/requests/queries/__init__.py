"""Reading requests, by who reads: clinicians of the circle, whoever asked, the young person. What they may not see is not there."""
