// Words as they are compared: "ResNet-50" is found as "resnet50" and "ResNet 50", "1–8" without its dash.

export const folded = text => text.toLowerCase().replace(/[-–]/g, "")

export const wordsOf = text => folded(text).split(/\s+/)
