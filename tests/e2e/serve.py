"""moto's server on a loopback port that the system chooses, which it prints; it ends when standard input does."""

import os
import sys
import threading

import werkzeug.serving
from moto.iam.models import iam_backends
from moto.server import main


def leave_with_standard_input():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=leave_with_standard_input, daemon=True).start()

# What it says is read from a file.
werkzeug.serving._log_add_style = False

# Lambda, EKS and Step Functions want a role that is there, whether IAM is driven or not.
iam_backends["123456789012"]["aws"].create_role("e2e", "{}", "/", None, "", [], None)

main(["--host", "127.0.0.1", "--port", "0"])
