"""Counting the operations of an ONNX file."""
