"""Writes a sheet as it must not be: no tags, no language, no title, no proof; a QR of elsewhere."""

import sys

import zxingcpp
from PIL import Image

code = zxingcpp.create_barcode("http://elsewhere.example/", zxingcpp.BarcodeFormat.QRCode)
picture = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=6))
sheet = Image.new("RGB", (595, 842), "white")
sheet.paste(picture, (60, 60))
sheet.save(sys.argv[1], "PDF")
