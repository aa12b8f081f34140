"""The judgement: who may know what about a young person's therapy, why, and what has to happen around it."""
