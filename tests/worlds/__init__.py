"""
Two worlds that differ only in what somebody may not know: whatever that person does, everything they see is the same.

``cast`` are the people, ``visible`` what happens in both worlds, ``hidden`` what happens in one of them alone;
``viewers`` says who may not know what. ``worlds`` builds one, ``walking`` goes through every page of it as the viewer,
and ``observing`` says what somebody sees of an answer. docs/how-to/keep-two-worlds-apart.md says how to add to them.
"""
