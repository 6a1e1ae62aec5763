// The trend under a reader's own assumptions: the formulas are those of analysis/model/what_if.py.

const sum = values => values.reduce((total, value) => total + value, 0)

// The points that the settings leave in, at the computes that follow from them.
function chosenPoints(known, settings) {
  const ratio = settings.utilisation / known.published.utilisation
  const chosen = known.points
    .filter(({ id, date, domain }) => parseInt(date) >= settings.start
      && ["", domain].includes(settings.domain) && !settings.leftOut.includes(id))
    .map(point => ({
      ...point,
      year: point.day / known.days_per_year,
      pfs_days: point.pfs_days * (point.assumes_utilisation ? ratio : 1),
    }))
  return settings.which === "records" ? recordSetters(chosen) : chosen
}

function recordSetters(points) {
  const records = []
  for (const point of points.sort((p, q) => p.year - q.year || q.pfs_days - p.pfs_days)) {
    if (!records.length || point.pfs_days > records.at(-1).pfs_days) records.push(point)
  }
  return records
}

// The least-squares line through the base-2 logarithms, how far its slope and the line itself reach with 95%
// confidence, and how far the slope moves per doubling of error; nothing where there are too few points.
function lineThrough(points, known) {
  const t = known.t_quantiles[points.length]
  if (!t) return null
  const n = points.length
  const years = points.map(point => point.year)
  const logs = points.map(point => Math.log2(point.pfs_days))
  const [mean, level] = [sum(years) / n, sum(logs) / n]
  const spread = sum(years.map(year => (year - mean) ** 2))
  const slope = sum(years.map((year, i) => (year - mean) * (logs[i] - level))) / spread
  const at = year => level + slope * (year - mean)
  const error = Math.sqrt(sum(years.map((year, i) => (logs[i] - at(year)) ** 2)) / (n - 2))
  return {
    slope,
    at,
    margin: t * error / Math.sqrt(spread),
    marginAt: year => t * error * Math.sqrt(1 / n + (year - mean) ** 2 / spread),
    lever: sum(years.map(year => Math.abs(year - mean))) / spread,
    ends: [years[0], years.at(-1)],
  }
}

// The results for some settings; months are null where there is no bound.
export function outcomeOf(known, settings) {
  const points = chosenPoints(known, settings)
  const line = lineThrough(points, known)
  const rises = line && line.slope > 0
  const months = slope => slope > 0 ? known.months_per_year / slope : null
  const around = reach => [months(line.slope + reach), months(line.slope - reach)]
  return {
    points,
    line,
    months: rises ? months(line.slope) : null,
    growth: rises ? 2 ** line.slope : null,
    interval: rises ? around(line.margin) : null,
    worstCase: rises ? around(line.lever * Math.log2(settings.error)) : null,
  }
}
