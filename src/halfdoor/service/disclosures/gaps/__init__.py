"""
What a restore forgot: lines that the second journal has and the chain has not.

While one of them may have changed who may know, the practice's doors are shut to families, young people and teams, and
no consent counts for anybody. A lead goes through what was forgotten, and opens them again.
"""
