"""Makes an older release of botocore out of another: `older.py FROM TO` copies three services, without one member that the
newer one has."""

import gzip
import json
import pathlib
import shutil
import sys

VERSION = "1.0.0"
SERVICES = ["s3", "sns", "dynamodb"]
# The member that the update brings: it is of an answer, so that it is an addition.
NEWER = ("dynamodb", "ListTablesOutput", "LastEvaluatedTableName")

newer, older = (pathlib.Path(path) for path in sys.argv[1:3])
for service in SERVICES:
    shutil.copytree(newer / "data" / service, older / "data" / service)
(older / "__init__.py").write_text(f"__version__ = '{VERSION}'\n")

service, shape, member = NEWER
path = max((older / "data" / service).glob("*/service-2.json*"))
packed = path.suffix == ".gz"
text = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
model = json.loads(text)
del model["shapes"][shape]["members"][member]
text = json.dumps(model).encode()
path.write_bytes(gzip.compress(text) if packed else text)

# Pages cannot be read without it.
path = path.parent / "paginators-1.json"
pages = json.loads(path.read_text())
del pages["pagination"]["ListTables"]
path.write_text(json.dumps(pages))
