"""Driver of zxing-cpp: a picture in, the texts of its codes out, as JSON."""

import json
import sys

import zxingcpp
from PIL import Image

found = zxingcpp.read_barcodes(Image.open(sys.argv[1]))
json.dump([code.text for code in found], sys.stdout)
