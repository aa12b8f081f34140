"""Reading requests: clinicians, whoever asked, the young person. What they may not see is not there."""
