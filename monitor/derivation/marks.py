"""Signs that stand in a paragraph made even for what is not to be read, or not to be parted."""

#: In place of every character of a title, a document number, an aside that only gives a short name.
BLANK = "□"
#: In place of a 、 inside brackets, which parts no names: 县（市、区）人民政府.
INNER = "\ue000"
