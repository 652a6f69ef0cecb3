"""What runs inside a guest, beside the learner's program: nothing it says is more than a claim.

The modules import nothing but each other and the standard library, and are handed to the guest as
text by ``quizapp.runner.harness``.
"""
