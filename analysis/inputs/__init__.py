"""The only readers of data/ and references.bib: files in, validated frozen records out."""
