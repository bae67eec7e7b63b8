# What benchmarks/weighting_in_r.py compares: raking, Kish's design effect, Wilson's interval.
# Reads people (case, a, b, c, yes) and shares (case, axis, level, share); writes figures by case.
suppressMessages(library(survey))
files <- commandArgs(trailingOnly = TRUE)
people <- read.csv(files[1], stringsAsFactors = TRUE)
shares <- read.csv(files[2], stringsAsFactors = FALSE)
found <- data.frame()
for (case in unique(people$case)) {
  mine <- people[people$case == case, ]
  axes <- unique(shares$axis[shares$case == case])
  margins <- lapply(axes, function(axis) {
    rows <- shares[shares$case == case & shares$axis == axis, ]
    setNames(data.frame(rows$level, rows$share * nrow(mine)), c(axis, "Freq"))
  })
  design <- svydesign(ids = ~1, weights = ~1, data = mine)
  raked <- rake(design, lapply(axes, function(axis) reformulate(axis)), margins,
                control = list(maxit = 5000, epsilon = 1e-13))
  w <- weights(raked)
  wilson <- prop.test(sum(mine$yes), nrow(mine), correct = FALSE)$conf.int
  found <- rbind(found, data.frame(
    case = case,
    share = coef(svymean(~yes, raked)),
    first_weight = w[1],
    design_effect = nrow(mine) * sum(w^2) / sum(w)^2,
    effective_size = sum(w)^2 / sum(w^2),
    low = wilson[1], high = wilson[2]))
}
options(digits = 15)
write.csv(found, files[3], row.names = FALSE)
cat(R.version.string, "survey", as.character(packageVersion("survey")), "\n")
