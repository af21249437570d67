"""Writes comparison_extremes.json: extreme comparisons of arms at 34 digits. Needs mpmath only.

Composite Gauss-Legendre with spectral cumulative integration on the union of the panels of all
arms: logit for Beta, the value for Normal and Student t. Every case is computed on panels of two
widths; "convergence" is the largest absolute difference between the two.
Run: python3 comparison_extremes.py > comparison_extremes.json
"""
import json, sys
from mpmath import mp, mpf, exp, log, log1p, loggamma, sqrt, pi, asinh

mp.dps = 34
N = 24
DEPTH = 75  # minus the logarithm of the neglected mass


def rule():
    nodes, weights = [], []
    for i in range(N):
        t = -mp.cos(pi * (i + mpf(3) / 4) / (N + mpf(1) / 2))
        for _ in range(12):
            p0, p1 = mpf(1), t
            for m in range(2, N + 1):
                p0, p1 = p1, ((2 * m - 1) * t * p1 - (m - 1) * p0) / m
            slope = N * (t * p1 - p0) / (t * t - 1)
            t -= p1 / slope
        nodes.append(t)
        weights.append(2 / ((1 - t * t) * slope * slope))
    return nodes, weights


def legendre(t, top):
    p = [mpf(1), t]
    for m in range(2, top + 1):
        p.append(((2 * m - 1) * t * p[-1] - (m - 1) * p[-2]) / m)
    return p


NODES, WEIGHTS = rule()
P_AT = [legendre(t, N) for t in NODES]


def coefficients(values):
    return [
        (m + mpf(1) / 2) * mp.fdot((WEIGHTS[j] * P_AT[j][m], values[j]) for j in range(N))
        for m in range(N)
    ]


def running(c, t):
    """Integral from -1 to t of the series c."""
    p = legendre(t, N)
    return c[0] * (t + 1) + mp.fdot(
        (c[m] / (2 * m + 1), p[m + 1] - p[m - 1]) for m in range(1, N)
    )


RUNNING = [
    [
        (WEIGHTS[j] / 2)
        * (NODES[i] + 1 + sum(P_AT[j][m] * (P_AT[i][m + 1] - P_AT[i][m - 1]) for m in range(1, N)))
        for j in range(N)
    ]
    for i in range(N)
]


class Beta:
    def __init__(self, a, b):
        self.a, self.b = mpf(a), mpf(b)
        self.norm = loggamma(self.a + self.b) - loggamma(self.a) - loggamma(self.b)
        self.mode = log(self.a / self.b)

    mean = property(lambda s: s.a / (s.a + s.b))
    sd = property(lambda s: sqrt(s.a * s.b / (s.a + s.b + 1)) / (s.a + s.b))

    def density(self, v):
        return exp(self.norm - self.a * softplus(-v) - self.b * softplus(v))

    def step(self, v):
        n = self.a + self.b
        local = 1 / sqrt(n * self.slope(v))
        tail = max(1 / sqrt(self.a * self.b / n), 3 / (self.a if v < self.mode else self.b))
        return min(local, tail, 1 + abs(v) / 4)

    def ends(self):
        def depth(v):
            return (
                self.a * (softplus(-v) - softplus(-self.mode))
                + self.b * (softplus(v) - softplus(self.mode))
            )

        out = []
        for sign in (-1, 1):
            lo, hi = mpf(0), mpf(1)
            while depth(self.mode + sign * hi) < DEPTH:
                hi *= 2
            for _ in range(40):
                mid = (lo + hi) / 2
                lo, hi = (mid, hi) if depth(self.mode + sign * mid) < DEPTH else (lo, mid)
            out.append(self.mode + sign * hi)
        return out

    @staticmethod
    def value(v):
        return 1 / (1 + exp(-v))

    @staticmethod
    def slope(v):
        e = exp(-abs(v))
        return e / (1 + e) ** 2


def softplus(v):
    return v + log1p(exp(-v)) if v > 0 else log1p(exp(v))


class Line:
    @staticmethod
    def value(v):
        return v

    @staticmethod
    def slope(v):
        return mpf(1)


class Normal(Line):
    def __init__(self, mean, sd):
        self.mean, self.sd = mpf(mean), mpf(sd)
        self.mode = self.mean

    def density(self, x):
        z = (x - self.mean) / self.sd
        return exp(-z * z / 2) / (self.sd * sqrt(2 * pi))

    def step(self, x):
        return self.sd

    def ends(self):
        reach = self.sd * sqrt(2 * mpf(DEPTH))
        return [self.mean - reach, self.mean + reach]


class StudentT(Line):
    def __init__(self, nu, location, scale):
        self.nu, self.mean, self.sd = mpf(nu), mpf(location), mpf(scale)
        self.mode = self.mean
        self.norm = (
            loggamma((self.nu + 1) / 2) - loggamma(self.nu / 2) - log(self.nu * pi) / 2 - log(self.sd)
        )

    def density(self, x):
        z = (x - self.mean) / self.sd
        return exp(self.norm - (self.nu + 1) / 2 * log1p(z * z / self.nu))

    def step(self, x):
        z = (x - self.mean) / self.sd
        square = self.nu + z * z
        return self.sd * min(sqrt(square) * mpf("0.3"), sqrt(square / (self.nu + 1)))

    def ends(self):
        far = min(exp(DEPTH / self.nu), mpf(10) ** (14 if self.nu > 2 else 60))
        reach = self.sd * far * sqrt(self.nu)
        return [self.mean - reach, self.mean + reach]

    def tail(self, x):
        """Mass beyond x, the first three terms of its expansion."""
        z2 = ((x - self.mean) / self.sd) ** 2
        r = self.nu / z2
        k = (self.nu + 1) / 2
        series = 1 / self.nu - k * r / (self.nu + 2) + k * (k + 1) / 2 * r * r / (self.nu + 4)
        return self.sd * exp(self.norm) * sqrt(z2) * r**k * series


def panels(arms, width, extra=()):
    points = set(extra)
    for arm in set(arms):
        lo, hi = arm.ends()
        points.update((lo, hi))
        for sign in (-1, 1):
            v = arm.mode
            while lo < v < hi:
                points.add(v)
                v += sign * width * arm.step(v)
    ordered = sorted(points)
    if extra:
        return ordered
    # Slivers between the grids of two arms are merged.
    kept = [ordered[0]]
    for v in ordered[1:-1]:
        if v - kept[-1] > mpf("0.02") * width * min(arm.step(v) for arm in set(arms)):
            kept.append(v)
    return kept + [ordered[-1]]


class Table:
    """Densities, distribution and survival functions of arms on common panels."""

    def __init__(self, arms, width, extra=()):
        self.arms, self.distinct = arms, list(dict.fromkeys(arms))
        self.edges = panels(arms, width, extra)
        self.v = [
            [(a + b) / 2 + (b - a) / 2 * t for t in NODES]
            for a, b in zip(self.edges, self.edges[1:])
        ]
        self.half = [(b - a) / 2 for a, b in zip(self.edges, self.edges[1:])]
        self.f, self.F, self.S = {}, {}, {}
        for arm in self.distinct:
            lo, hi = arm.ends()
            f = [
                [arm.density(v) * h if lo - h < v < hi + h else mpf(0) for v in row]
                for row, h in zip(self.v, self.half)
            ]
            heavy = isinstance(arm, StudentT)
            below = arm.tail(self.edges[0]) if heavy else mpf(0)
            above = arm.tail(self.edges[-1]) if heavy else mpf(0)
            totals = [mp.fdot(WEIGHTS, row) for row in f]
            rest = sum(totals) + above
            self.f[arm], self.F[arm], self.S[arm] = f, [], []
            for row, total in zip(f, totals):
                part = [mp.fdot(RUNNING[i], row) for i in range(N)]
                rest -= total
                self.F[arm].append([below + q for q in part])
                self.S[arm].append([rest + (total - q) for q in part])
                below += total

    def p_best(self, arm):
        others = [a for a in self.arms]
        others.remove(arm)
        return self.over(arm, lambda p, i: product(self.F[j][p][i] for j in others))

    def over(self, arm, g):
        return mp.fsum(
            WEIGHTS[i] * self.f[arm][p][i] * g(p, i)
            for p in range(len(self.half))
            for i in range(N)
            if self.f[arm][p][i] > 0
        )

    def loss(self, arm):
        others = [a for a in self.arms]
        others.remove(arm)
        total = mpf(0)
        for p, h in enumerate(self.half):
            for i in range(N):
                if self.F[arm][p][i] > 0:
                    miss = 1 - product(1 - self.S[j][p][i] for j in others)
                    total += WEIGHTS[i] * h * arm.slope(self.v[p][i]) * self.F[arm][p][i] * miss
        for a in self.distinct:  # int S = S z / (nu - 1) beyond the panels, to 1/z^2
            if isinstance(a, StudentT):
                end = self.edges[0] if a is arm else self.edges[-1]
                count = 1 if a is arm else others.count(a)
                total += count * a.tail(end) * abs(end - a.mean) / (a.nu - 1)
        return total


def product(factors):
    out = mpf(1)
    for factor in factors:
        out *= factor
    return out


class Cdf:
    """Distribution function of a Beta at any value."""

    def __init__(self, arm, width):
        self.arm = arm
        table = Table([arm], width)
        self.edges = table.edges
        self.series = [coefficients(row) for row in table.f[arm]]
        self.below = [mpf(0)]
        for row in table.f[arm]:
            self.below.append(self.below[-1] + mp.fdot(WEIGHTS, row))
        self.at = 0

    def __call__(self, x, complement):
        """P(arm <= x); 1 - x is given because beside a pole at 1 the difference is all."""
        if x <= 0:
            return mpf(0)
        if complement <= 0:
            return mpf(1)
        v = log(x / complement)
        if v <= self.edges[0]:
            return mpf(0)
        if v >= self.edges[-1]:
            return mpf(1)
        p = min(self.at, len(self.series) - 1)
        while v < self.edges[p]:
            p -= 1
        while v > self.edges[p + 1]:
            p += 1
        self.at = p
        t = 2 * (v - self.edges[p]) / (self.edges[p + 1] - self.edges[p]) - 1
        return self.below[p] + running(self.series[p], t)


def arm_of(family, parameters):
    return {"beta": Beta, "normal": Normal, "studentT": StudentT}[family](
        *[mpf(float(x)) for x in parameters]
    )


def best(family, rows, losses=True):
    def run(width):
        made = {}
        arms = [made.setdefault(tuple(r), arm_of(family, r)) for r in rows]
        table = Table(arms, width)
        out = {"p_best": {}, "expected_loss": {}}
        for arm in table.distinct:
            out["p_best"][arm] = table.p_best(arm)
            out["expected_loss"][arm] = table.loss(arm) if losses else mpf("inf")
        return {key: [found[a] for a in arms] for key, found in out.items()}

    return {"family": family, "arms": rows}, run


def identical(family, row, count):
    def run(width):
        arm = arm_of(family, row)
        table = Table([arm], width)
        loss = mp.fsum(
            WEIGHTS[i] * h * arm.slope(table.v[p][i]) * table.F[arm][p][i]
            * (1 - (1 - table.S[arm][p][i]) ** (count - 1))
            for p, h in enumerate(table.half)
            for i in range(N)
        )
        return {"p_best": [1 / mpf(count)], "expected_loss": [loss]}

    return {"family": family, "arms": [row], "copies": count}, run


def pulled_back(cdf, kind, u, lo, hi):
    """Panel ends of the inner arm, and the ends of its support, on the control's logit."""
    found = {(lo + hi) / 2}
    ends = [(mpf(0), mpf(1)), (mpf(1), mpf(0))]
    for y, z in ends + [(cdf.arm.value(v), cdf.arm.value(-v)) for v in cdf.edges]:
        x, complement = (y - u, z + u) if kind == "absolute" else (y / (1 + u), (z + u) / (1 + u))
        if x > 0 and complement > 0 and lo < log(x / complement) < hi:
            found.add(log(x / complement))
    return found


def moved(kind, v, u):
    """The value at a logit plus u or times 1 + u, and its complement."""
    x, complement = Beta.value(v), Beta.value(-v)
    return (x + u, complement - u) if kind == "absolute" else (x * (1 + u), complement - u * x)


def uplift(kind, arm_row, control_row, at):
    """P(arm - control <= u) or P(arm/control - 1 <= u) for Beta arms."""

    def run(width):
        arm, control = arm_of("beta", arm_row), arm_of("beta", control_row)
        cdf = Cdf(arm, width)
        out = []
        lo, hi = control.ends()
        for u in at:
            u = mpf(float(u))
            table = Table([control], width, pulled_back(cdf, kind, u, lo, hi))
            out.append(
                table.over(
                    control,
                    lambda p, i: cdf(*moved(kind, table.v[p][i], u)),
                )
            )
        return {"cdf": out}

    return {"kind": kind, "arm": arm_row, "control": control_row, "at": at}, run


def remaining(rows, leader, at):
    def run(width):
        arms = [arm_of("beta", r) for r in rows]
        lead = arms[leader]
        cdfs = [Cdf(a, width) for a in arms if a is not lead]
        lo, hi = lead.ends()
        out = []
        for v in at:
            v = mpf(float(v))
            grid = set().union(*(pulled_back(c, "relative", v, lo, hi) for c in cdfs))
            table = Table([lead], width, grid)
            out.append(
                table.over(
                    lead,
                    lambda p, i: product(c(*moved("relative", table.v[p][i], v)) for c in cdfs),
                )
            )
        return {"cdf": out}

    return {"family": "beta", "arms": rows, "leader": leader, "at": at}, run


def point_like(normal_row, beta_row):
    """A narrow Normal beside a Beta: P(normal best), losses of both."""

    def run(width):
        normal, beta = arm_of("normal", normal_row), arm_of("beta", beta_row)
        cdf = Cdf(beta, width)
        table = Table([normal], width)
        p = table.over(normal, lambda q, i: cdf(table.v[q][i], 1 - table.v[q][i]))
        # E[(beta - y)+] = m (1 - I_y(a+1, b)) - y (1 - I_y(a, b))
        upper = Cdf(Beta(beta.a + 1, beta.b), width)
        excess = table.over(
            normal,
            lambda q, i: beta.mean * (1 - upper(table.v[q][i], 1 - table.v[q][i]))
            - table.v[q][i] * (1 - cdf(table.v[q][i], 1 - table.v[q][i])),
        )
        return {"p_best": [p, 1 - p], "expected_loss": [excess, excess + normal.mean - beta.mean]}

    return {"normal": normal_row, "beta": beta_row}, run


CASES = [
    ("best", "poles-of-equal-strength", best("beta", [[0.01, 0.01], [0.01, 0.01]])),
    ("best", "poles-beside-a-spike", best("beta", [[0.01, 0.01], [1e8, 1e9]])),
    ("best", "spike-beside-flat", best("beta", [[1e8, 1e9], [1, 1]])),
    ("best", "spikes-six-deviations-apart", best("beta", [[1e8, 1e9], [1.0008e8, 9.9992e8]])),
    ("best", "rare-events", best("beta", [[1, 1e8], [3, 1e8]])),
    ("best", "rare-events-beside-a-pole", best("beta", [[0.5, 1e6], [0.01, 1e3]])),
    ("best", "betas-far-apart", best("beta", [[200, 1000], [1000, 1200]])),
    ("best", "beta-ladder", best("beta", [[0.01, 0.02], [1, 2], [100, 200], [1e4, 2e4], [1e6, 2e6], [1e8, 2e8]])),
    ("best", "beta-mirror-ladder", best("beta", [[0.02, 0.01], [3, 1], [2e3, 1e3], [1e9, 5e8]])),
    ("identical", "thousand-poles", identical("beta", [0.01, 0.01], 1000)),
    ("identical", "thousand-betas", identical("beta", [50, 950], 1000)),
    ("identical", "thousand-spikes", identical("beta", [1e8, 1e9], 1000)),
    ("identical", "thousand-normals", identical("normal", [3, 0.25], 1000)),
    ("identical", "thousand-student-ts", identical("studentT", [2.5, 1, 2], 1000)),
    ("best", "normal-widths-ten-thousand-apart", best("normal", [[0, 1], [0.5, 1e-4], [0.3, 1e4]])),
    ("best", "normals-far-apart", best("normal", [[0, 1], [13.5, 0.2]])),
    ("best", "normal-tiny-loss", best("normal", [[0, 0.6], [7.2, 0.8]])),
    ("best", "normals-far-from-zero", best("normal", [[1048576, 0.001], [1048576.0009765625, 0.002], [1048575.9990234375, 0.004]])),
    ("best", "normal-ladder", best("normal", [[0, 0.01], [0.1, 0.1], [0.2, 1], [0.3, 10], [0.4, 100]])),
    ("best", "student-t-barely-a-mean", best("studentT", [[1.25, 0, 1], [1.5, 0.5, 1]])),
    ("best", "student-t-heavy-beside-light", best("studentT", [[2.125, 0, 1], [1000, 1, 0.5]])),
    ("best", "student-t-widths-ten-thousand-apart", best("studentT", [[4, 0, 1], [4, 0.25, 1e-4]])),
    ("best", "student-t-far-apart", best("studentT", [[30, 0, 1], [30, 40, 1]])),
    ("uplift", "difference-of-spikes", uplift("absolute", [1e8, 1e9], [1.00003e8, 1e9], [-2e-5, -2.5e-6, 0])),
    ("uplift", "ratio-of-spikes", uplift("relative", [1e8, 1e9], [1.00003e8, 1e9], [-4e-4, -3e-5, 0])),
    ("uplift", "flat-over-spike", uplift("relative", [1, 1], [1e8, 1e9], [-0.5, 0, 9])),
    ("uplift", "ratio-of-rare-events", uplift("relative", [3, 1e8], [1, 1e8], [-0.75, 0, 2])),
    ("remaining", "rare-conversions", remaining([[3, 1e6], [6, 1e6], [5, 1e6]], 1, [0.01, 0.5, 4])),
    ("pointLike", "normal-narrow-as-1e-6", point_like([0.3, 3e-7], [30, 70])),
]


HEAD = {
    "title": "Extreme comparisons of arms: P(best), expected loss, uplift, value remaining",
    "source": "computed by comparison_extremes.py beside this file, mpmath 1.3.0, 34 digits or more",
    "licence": "own computation, facts only",
    "provenance": "computed",
    "precision": "25 digits printed, absolute; inputs are the IEEE doubles nearest the printed "
    "decimals; convergence = largest difference between panels of two widths",
}


def solve(group, name, inputs, run):
    fine, coarse = run(mpf("1.5")), run(mpf("2.1"))
    gap = max(abs(x - y) for key in fine for x, y in zip(fine[key], coarse[key]) if x != mp.inf)
    row = {"id": name, "group": group, **inputs}
    row.update((key, [mp.nstr(x, 25) for x in values]) for key, values in fine.items())
    return {**row, "convergence": float(gap)}


def main():
    """All cases, or those of the groups named as arguments."""
    wanted = sys.argv[1:]
    rows = []
    for group, name, (inputs, run) in CASES:
        if not wanted or group in wanted:
            rows.append(json.dumps(solve(group, name, inputs, run)))
            print(rows[-1], file=sys.stderr, flush=True)
    head = json.dumps({**HEAD, "count": len(rows)}, indent=1)[:-2]
    print(head + ',\n "cases": [\n  ' + ",\n  ".join(rows) + "\n ]\n}")


main()
