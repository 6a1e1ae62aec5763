// How a number is spelled: as analysis/numerals.py does, and on one line.

export const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"

export function numeral(value, digits = 3) {
  const rounded = Math.abs(Number(value.toPrecision(digits)))
  if (rounded === 0) return "0"
  if (rounded >= 1e-4 && rounded < 1e7) {
    return value.toLocaleString("en", { minimumSignificantDigits: digits, maximumSignificantDigits: digits })
  }
  const [mantissa, power] = value.toExponential(digits - 1).split("e")
  return `${mantissa}\u00a0×\u00a010${power.replace("-", "⁻").replace("+", "").replace(/\d/g, digit => RAISED[digit])}`
}

export const withUnit = (value, unit) => `${numeral(value)}\u00a0${unit}`
