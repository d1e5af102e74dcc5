"""An S3 server on loopback ports that the system chooses, plain and behind TLS; it prints both URLs and ends when standard
input does.

serve.py weed|s3s-fs PROGRAM FOLDER: the server's program, and an empty folder for its data and the certificate, ca.pem.
"""

import asyncio
import datetime
import ipaddress
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HOST = "127.0.0.1"
# What the clients sign with.
KEY, SECRET = "AKIDEXAMPLE", "secret-of-the-example"
# How long the server may take until it accepts connections, in seconds.
PATIENCE = 60


def free_ports(count):
    """Ports that were free a moment ago. All are bound before one is released, so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind((HOST, 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def weed(program):
    """SeaweedFS in one process; whoever signs must be the identity of this file. Nothing is reported to its authors."""
    identity = {"name": "e2e", "credentials": [{"accessKey": KEY, "secretKey": SECRET}]}
    identity["actions"] = ["Admin", "Read", "List", "Tagging", "Write"]
    with open("s3.json", "w", encoding="utf-8") as file:
        json.dump({"identities": [identity]}, file)
    os.mkdir("data")
    s3, *others = free_ports(8)
    names = ["s3.port.grpc", "master.port", "master.port.grpc", "volume.port", "volume.port.grpc"]
    names += ["filer.port", "filer.port.grpc"]
    options = [f"-{name}={port}" for name, port in zip(names, others)]
    options += [f"-ip={HOST}", f"-ip.bind={HOST}", "-dir=data", "-filer", "-s3", "-s3.config=s3.json"]
    options += ["-master.telemetry=false", "-s3.port.iceberg=0", "-s3.port.lance=0", f"-s3.port={s3}"]
    options += ["-filer.localSocket=filer.sock", "-s3.localSocket=s3.sock"]
    options += ["-volume.max=200", "-master.volumeSizeLimitMB=512", "-s3.autoCreateBucket=false"]
    return s3, [program, "-logtostderr=true", "server", *options]


def s3s_fs(program):
    """s3s-fs: files in a folder."""
    os.mkdir("data")
    (port,) = free_ports(1)
    options = ["--host", HOST, "--port", str(port), "--access-key", KEY, "--secret-key", SECRET, "data"]
    return port, [program, *options]


def wait_for(port, process):
    """Waits until the server accepts connections."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            sys.exit(f"the server ended before it answered ({process.returncode})")
        try:
            socket.create_connection((HOST, port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"the server accepted no connection within {PATIENCE} s")


def certificate():
    """Writes a certificate for the loopback address, signed by itself, for the next two days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "e2e")])
    now = datetime.datetime.now(datetime.timezone.utc)
    day = datetime.timedelta(days=1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - day).not_valid_after(now + day)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))])
    signed = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    with open("ca.pem", "wb") as file:
        file.write(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    with open("key.pem", "wb") as file:
        file.write(key.private_bytes(encoding, form, plain))


async def pass_on(reader, writer):
    """Copies one direction of a connection until its end."""
    try:
        while piece := await reader.read(1 << 16):
            writer.write(piece)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def secure(plain):
    """Accepts TLS and passes it on to the server, which is thereby reached as it is: not all servers have TLS."""

    async def connected(reader, writer):
        try:
            inner = await asyncio.open_connection(HOST, plain)
        except OSError:
            writer.close()
            return
        await asyncio.gather(pass_on(reader, inner[1]), pass_on(inner[0], writer))

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("ca.pem", "key.pem")
    server = await asyncio.start_server(connected, HOST, 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    print(f"Running on https://{HOST}:{port}\nRunning on http://{HOST}:{plain}", flush=True)
    await server.serve_forever()


def main():
    name, program, folder = sys.argv[1:]
    os.chdir(folder)
    certificate()
    port, command = {"weed": weed, "s3s-fs": s3s_fs}[name](program)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def leave_with_standard_input():
        sys.stdin.buffer.read()
        process.kill()
        process.wait()
        os._exit(0)

    threading.Thread(target=leave_with_standard_input, daemon=True).start()
    try:
        wait_for(port, process)
        asyncio.run(secure(port))
    finally:
        process.kill()
        process.wait()


main()
