/* The passes over the votes, compiled. _reference.py says what each function computes and is its oracle.
 *
 * Every pass reads the votes of the people lo to hi, adds to the arrays that it is handed and runs without the
 * interpreter's lock. Sums are taken in an order that is written down here, without fused or reassociated arithmetic, so
 * that every variant below, on every machine, gives the same bytes. What a function is handed is checked for type, size
 * and range before anything is read through it. */

#ifndef Py_LIMITED_API
#define Py_LIMITED_API 0x030B0000
#endif
#include <Python.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Four neighbouring columns, kept in registers where the compiler knows vectors. */
#if defined(__GNUC__) || defined(__clang__)
#define INLINE static inline __attribute__((always_inline))
typedef double Four __attribute__((vector_size(32), aligned(8), may_alias));
#define ADD_ROW(sum, row) ((sum) += *(const Four *)(row))
#define ADD_TO(row, sum) (*(Four *)(row) += (sum))
#else
#define INLINE static inline
typedef double Four[4];
#define ADD_ROW(sum, row) ((sum)[0] += (row)[0], (sum)[1] += (row)[1], (sum)[2] += (row)[2], (sum)[3] += (row)[3])
#define ADD_TO(row, sum) ADD_ROW(row, sum)
#endif

/* Where the compiler can, each pass is compiled twice and chosen when it is called: for any processor of its kind, and
 * for one with AVX2. */
#if (defined(__GNUC__) || defined(__clang__)) && defined(__x86_64__)
#define WITH_AVX2 __attribute__((target("avx2")))
static int has_avx2(void) {
    static int known = -1;
    if (known < 0) {
        __builtin_cpu_init();
        known = __builtin_cpu_supports("avx2") ? 1 : 0;
    }
    return known;
}
#define VARIANTS(name, parameters, arguments)                                                                          \
    static void name##_plain parameters { name##_body arguments; }                                                     \
    WITH_AVX2 static void name##_avx2 parameters { name##_body arguments; }                                            \
    static void name parameters {                                                                                      \
        if (has_avx2())                                                                                                \
            name##_avx2 arguments;                                                                                     \
        else                                                                                                           \
            name##_plain arguments;                                                                                    \
    }
#else
#define VARIANTS(name, parameters, arguments)                                                                          \
    static void name parameters { name##_body arguments; }
#endif

/* Votes of a shard of people. */
typedef struct {
    const void *codes;
    int wide; /* codes of four bytes rather than two */
    const int64_t *indptr;
    int64_t lo, hi;
} Shard;

INLINE int64_t code_at(const void *codes, int wide, int64_t at) {
    return wide ? ((const uint32_t *)codes)[at] : ((const uint16_t *)codes)[at];
}

/* ---- histogram, gather, gather and scatter ---- */

INLINE void histogram_of(const Shard *s, int wide, const int32_t *labels, int64_t width, int64_t *out) {
    for (int64_t i = s->lo; i < s->hi; i++) {
        int64_t label = labels ? labels[i] : 0;
        if (label < 0)
            continue;
        int64_t *row = out + label * width;
        for (int64_t at = s->indptr[i]; at < s->indptr[i + 1]; at++)
            row[code_at(s->codes, wide, at)]++;
    }
}

static void histogram(const Shard *s, const int32_t *labels, int64_t width, int64_t *out) {
    if (s->wide)
        histogram_of(s, 1, labels, width, out);
    else
        histogram_of(s, 0, labels, width, out);
}

/* With `out` the sums go back to the codes, with `people` they are kept. */
INLINE void gather_of(const Shard *s, int wide, const double *restrict table, int64_t stride, int columns,
                      double *restrict people, double *restrict out) {
    for (int64_t i = s->lo; i < s->hi; i++) {
        double sum[3] = {0, 0, 0};
        int64_t from = s->indptr[i], to = s->indptr[i + 1];
        for (int64_t at = from; at < to; at++)
            for (int c = 0; c < columns; c++)
                sum[c] += table[code_at(s->codes, wide, at) * stride + c];
        for (int c = 0; people && c < columns; c++)
            people[i * stride + c] = sum[c];
        for (int64_t at = from; out && at < to; at++)
            for (int c = 0; c < columns; c++)
                out[code_at(s->codes, wide, at) * stride + c] += sum[c];
    }
}

/* The same for four columns or, with `two`, eight. */
INLINE void gather_fours_of(const Shard *s, int wide, const double *restrict table, int64_t stride, int two,
                            double *restrict people, double *restrict out) {
    for (int64_t i = s->lo; i < s->hi; i++) {
        Four left = {0, 0, 0, 0}, right = {0, 0, 0, 0};
        int64_t from = s->indptr[i], to = s->indptr[i + 1];
        for (int64_t at = from; at < to; at++) {
            const double *row = table + code_at(s->codes, wide, at) * stride;
            ADD_ROW(left, row);
            if (two)
                ADD_ROW(right, row + 4);
        }
        if (people)
            for (int c = 0; c < 4; c++) {
                people[i * stride + c] = left[c];
                if (two)
                    people[i * stride + 4 + c] = right[c];
            }
        else
            for (int64_t at = from; at < to; at++) {
                double *row = out + code_at(s->codes, wide, at) * stride;
                ADD_TO(row, left);
                if (two)
                    ADD_TO(row + 4, right);
            }
    }
}

/* Constants let the compiler unroll. */
INLINE void gather_columns(const Shard *s, int wide, const double *table, int64_t stride, int columns, double *people,
                           double *out) {
    if (stride == 8)
        gather_fours_of(s, wide, table, 8, 1, people, out);
    else if (stride == 4)
        gather_fours_of(s, wide, table, 4, 0, people, out);
    else if (columns == 8)
        gather_fours_of(s, wide, table, stride, 1, people, out);
    else if (columns == 4)
        gather_fours_of(s, wide, table, stride, 0, people, out);
    else if (columns == 3)
        gather_of(s, wide, table, stride, 3, people, out);
    else if (columns == 2)
        gather_of(s, wide, table, stride, 2, people, out);
    else
        gather_of(s, wide, table, stride, 1, people, out);
}

INLINE void gather_body(const Shard *s, const double *table, int64_t stride, double *people, double *out) {
    for (int64_t from = 0; from < stride;) {
        int columns = stride - from >= 8 ? 8 : stride - from >= 4 ? 4 : (int)(stride - from);
        double *kept = people ? people + from : NULL, *sums = out ? out + from : NULL;
        if (s->wide)
            gather_columns(s, 1, table + from, stride, columns, kept, sums);
        else
            gather_columns(s, 0, table + from, stride, columns, kept, sums);
        from += columns;
    }
}
VARIANTS(gather, (const Shard *s, const double *table, int64_t stride, double *people, double *out),
         (s, table, stride, people, out))

/* ---- bridging ---- */

typedef struct {
    const int64_t *rated;
    const double *table;
    double ridge_intercept, ridge_factor;
    double *people;
    double *out;
} Bridge;

/* Of the votes `from` to `to`, in four sums that are added up last, lest each addition wait for the one before. */
INLINE void sum_rows(const Shard *s, int wide, const double *restrict table, int64_t from, int64_t to, double *sum) {
    Four lane[4] = {{0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}};
    int64_t at = from;
    for (; at + 4 <= to; at += 4)
        for (int l = 0; l < 4; l++) {
            const double *row = table + 4 * code_at(s->codes, wide, at + l);
            ADD_ROW(lane[l], row);
        }
    for (; at < to; at++) {
        const double *row = table + 4 * code_at(s->codes, wide, at);
        ADD_ROW(lane[0], row);
    }
    for (int c = 0; c < 4; c++)
        sum[c] = (lane[0][c] + lane[1][c]) + (lane[2][c] + lane[3][c]);
}

INLINE double eliminate_of(const Shard *s, int wide, const Bridge *bridge) {
    const double *restrict table = bridge->table;
    double *restrict out = bridge->out;
    double explained = 0;
    for (int64_t i = s->lo; i < s->hi; i++) {
        int64_t from = s->indptr[i], to = s->indptr[i + 1];
        double sum[4];
        if (bridge->rated[i] <= 0) {
            bridge->people[2 * i] = bridge->people[2 * i + 1] = 0;
            continue;
        }
        sum_rows(s, wide, table, from, to, sum);
        double corner = (double)bridge->rated[i] + bridge->ridge_intercept, edge = sum[1] + bridge->ridge_factor;
        double determinant = corner * edge - sum[0] * sum[0];
        double intercept = (edge * sum[2] - sum[0] * sum[3]) / determinant;
        double factor = (corner * sum[3] - sum[0] * sum[2]) / determinant;
        Four term = {intercept, factor, factor * factor, intercept * factor};
        bridge->people[2 * i] = intercept;
        bridge->people[2 * i + 1] = factor;
        explained += intercept * sum[2] + factor * sum[3];
        for (int64_t at = from; at < to; at++) {
            double *row = out + 4 * code_at(s->codes, wide, at);
            ADD_TO(row, term);
        }
    }
    return explained;
}

INLINE void eliminate_body(const Shard *s, const Bridge *bridge, double *explained) {
    *explained = s->wide ? eliminate_of(s, 1, bridge) : eliminate_of(s, 0, bridge);
}
VARIANTS(eliminate, (const Shard *s, const Bridge *bridge, double *explained), (s, bridge, explained))

INLINE void spread_of(const Shard *s, int wide, const Bridge *bridge) {
    const double *restrict table = bridge->table;
    double *restrict out = bridge->out;
    for (int64_t i = s->lo; i < s->hi; i++) {
        int64_t from = s->indptr[i], to = s->indptr[i + 1];
        double sum[4], intercept = bridge->people[2 * i], factor = bridge->people[2 * i + 1];
        if (bridge->rated[i] <= 0)
            continue;
        sum_rows(s, wide, table, from, to, sum);
        double corner = (double)bridge->rated[i] + bridge->ridge_intercept, edge = sum[1] + bridge->ridge_factor;
        double total = sum[0];
        double scale = 1 / (corner * edge - total * total), square = factor * factor;
        for (int64_t at = from; at < to; at++) {
            int64_t code = code_at(s->codes, wide, at);
            double f = table[4 * code], error = table[4 * code + 2] - intercept - factor * f;
            double free = 1 - (edge - 2 * f * total + f * f * corner) * scale;
            double *row = out + 8 * (code >> 2);
            error *= error;
            Four first = {free, free * factor, free * square, error};
            Four second = {error * factor, error * square, 0, 0};
            ADD_TO(row, first);
            ADD_TO(row + 4, second);
        }
    }
}

INLINE void spread_body(const Shard *s, const Bridge *bridge) {
    if (s->wide)
        spread_of(s, 1, bridge);
    else
        spread_of(s, 0, bridge);
}
VARIANTS(spread, (const Shard *s, const Bridge *bridge), (s, bridge))

/* Half the second derivative of the penalised sum of squares by the mean, the statements' intercepts and their factors,
 * the people's terms held. */
typedef struct {
    int64_t m;
    const double *g;     /* (2, m) sums over the people of each statement of their factors, and of the squares */
    const double *count; /* (m,) */
    double ridge_mean, ridge_intercept, ridge_factor;
} Curvature;

static void prepare(const double *terms, const double *count, int64_t m, double *table) {
    for (int64_t j = 0; j < m; j++) {
        double level = terms[0] + terms[1 + j], f = terms[1 + m + j];
        for (int answer = 0; answer < 4; answer++) {
            double *row = table + 16 * j + 4 * answer, left = 0.5 * answer - level;
            row[0] = count[j] > 0 ? f : 0;
            row[1] = count[j] > 0 ? f * f : 0;
            row[2] = count[j] > 0 ? left : 0;
            row[3] = count[j] > 0 ? left * f : 0;
        }
    }
}

/* Replaces x (2 m + 1,) by the terms whose product with the curvature it is. `falls` (2 m,) becomes by how much
 * intercepts and factors fall where the mean rises by one. */
INLINE void solve(const Curvature *c, double *x, double *falls) {
    int64_t m = c->m;
    double pivot = c->ridge_mean, pull = 0;
    for (int64_t j = 0; j < m; j++) {
        double count = c->count[j], g = c->g[j];
        double first = count + c->ridge_intercept, second = c->g[m + j] + c->ridge_factor;
        double scale = 1 / (first * second - g * g), one = x[1 + j] * scale, two = x[1 + m + j] * scale;
        falls[j] = (second * count - g * g) * scale;
        falls[m + j] = c->ridge_intercept * g * scale;
        x[1 + j] = second * one - g * two;
        x[1 + m + j] = first * two - g * one;
        pivot += count - (count * falls[j] + g * falls[m + j]);
        pull += count * x[1 + j] + g * x[1 + m + j];
    }
    x[0] = (x[0] - pull) / pivot;
    for (int64_t j = 0; j < 2 * m; j++)
        x[1 + j] -= x[0] * falls[j];
}

INLINE double dot(const double *x, const double *y, int64_t size) {
    double lane[8] = {0, 0, 0, 0, 0, 0, 0, 0}, sum = 0;
    int64_t j = 0;
    for (; j + 8 <= size; j += 8)
        for (int l = 0; l < 8; l++)
            lane[l] += x[j + l] * y[j + l];
    for (; j < size; j++)
        sum += x[j] * y[j];
    for (int l = 0; l < 8; l++)
        sum += lane[l];
    return sum;
}

INLINE void add(double *restrict x, double share, const double *restrict y, int64_t size) {
    for (int64_t j = 0; j < size; j++)
        x[j] += share * y[j];
}

/* A round as its sums over the people of each code (4 m, 4) complete it; `g` is what `c` reads. */
static double complete(const Curvature *c, const double *sums, const double *total, const double *terms, double *g,
                       double *slope) {
    int64_t m = c->m;
    double mean = terms[0], down = c->ridge_mean * mean, fit = down * mean;
    for (int64_t j = 0; j < m; j++) {
        double kept = c->count[j] > 0, of[4], intercept = terms[1 + j], f = terms[1 + m + j], level = mean + intercept;
        for (int column = 0; column < 4; column++) {
            const double *here = sums + 16 * j + column;
            of[column] = kept * (here[0] + here[4] + here[8]);
        }
        double rated = kept * (0.5 * sums[16 * j + 5] + sums[16 * j + 9]), left = c->count[j] * level - total[j];
        double error = left + of[0] + of[1] * f;
        g[j] = of[1];
        g[m + j] = of[2];
        down += error;
        slope[1 + j] = error + c->ridge_intercept * intercept;
        slope[1 + m + j] = of[1] * level + of[2] * f + of[3] - rated + c->ridge_factor * f;
        fit += (left - total[j]) * level + c->ridge_intercept * intercept * intercept + c->ridge_factor * f * f;
    }
    slope[0] = down;
    return fit;
}

/* Pairs of moves and changes, each (pairs, 2 m + 1), in a ring. */
typedef struct {
    int64_t pairs, newest;
    const double *moves, *changes;
} Memory;

/* `room` (2 m + 2 pairs,). */
INLINE void direct_body(const Curvature *c, const Memory *memory, const double *slope, double *room, double *out) {
    int64_t size = 2 * c->m + 1, pairs = memory->pairs;
    double *products = room + 2 * c->m, *shares = products + pairs;
    for (int64_t j = 0; j < size; j++)
        out[j] = -slope[j];
    for (int64_t age = 0; age < pairs; age++) {
        int64_t at = (memory->newest + pairs - age) % pairs;
        const double *move = memory->moves + at * size, *change = memory->changes + at * size;
        products[at] = dot(move, change, size);
        shares[at] = dot(move, out, size) / products[at];
        add(out, -shares[at], change, size);
    }
    solve(c, out, room);
    for (int64_t age = pairs - 1; age >= 0; age--) {
        int64_t at = (memory->newest + pairs - age) % pairs;
        const double *move = memory->moves + at * size, *change = memory->changes + at * size;
        add(out, shares[at] - dot(change, out, size) / products[at], move, size);
    }
}
VARIANTS(direct, (const Curvature *c, const Memory *memory, const double *slope, double *room, double *out),
         (c, memory, slope, room, out))

/* ---- k-means and silhouette; points lie axis after axis, so that a loop over them is a loop over neighbours ---- */

typedef struct {
    const double *points; /* (r, p) */
    const double *weights;
    int64_t p, r, k;
    double *centers; /* (k, r) */
    double *nearest; /* (p,) squared distance to the nearest centre */
    int64_t *labels;
    double *distance; /* (p,) room to work in */
    double *mass;     /* (k, r + 1) room to work in */
} Clusters;

INLINE void squared_distances(const Clusters *c, const double *center, double *restrict distance) {
    int64_t p = c->p;
    for (int64_t axis = 0; axis < c->r; axis++) {
        const double *restrict points = c->points + axis * p;
        double at = center[axis];
        if (axis == 0)
            for (int64_t i = 0; i < p; i++)
                distance[i] = (points[i] - at) * (points[i] - at);
        else
            for (int64_t i = 0; i < p; i++)
                distance[i] += (points[i] - at) * (points[i] - at);
    }
}

/* Without branches, so that compilers see a vector. */
INLINE void keep_closer(double here, int64_t j, double *restrict nearest, int64_t *restrict label) {
    double before = *nearest;
    int64_t closer = -(int64_t)(here < before);
    *label = (*label & ~closer) | (j & closer);
    *nearest = here < before ? here : before;
}

INLINE void assign_body(Clusters *c) {
    double *restrict nearest = c->nearest, *restrict distance = c->distance;
    int64_t *restrict labels = c->labels;
    const double *restrict x = c->points, *restrict y = c->points + c->p;
    int64_t p = c->p, k = c->k, r = c->r;
    squared_distances(c, c->centers, nearest);
    memset(labels, 0, (size_t)p * sizeof(int64_t));
    for (int64_t j = 1; j < k; j++) {
        const double *center = c->centers + j * r;
        if (r == 2) { /* the usual case in one loop */
            double at_x = center[0], at_y = center[1];
            for (int64_t i = 0; i < p; i++)
                keep_closer((x[i] - at_x) * (x[i] - at_x) + (y[i] - at_y) * (y[i] - at_y), j, nearest + i, labels + i);
        } else {
            squared_distances(c, center, distance);
            for (int64_t i = 0; i < p; i++)
                keep_closer(distance[i], j, nearest + i, labels + i);
        }
    }
}
VARIANTS(assign, (Clusters * c), (c))

static double weighted_sum(const Clusters *c) {
    double sum = 0;
    for (int64_t i = 0; i < c->p; i++)
        sum += c->nearest[i] * c->weights[i];
    return sum;
}

static void recenter(Clusters *c) {
    int64_t width = c->r + 1;
    memset(c->mass, 0, (size_t)(c->k * width) * sizeof(double));
    for (int64_t i = 0; i < c->p; i++) {
        double *row = c->mass + c->labels[i] * width;
        row[c->r] += c->weights[i];
        for (int64_t axis = 0; axis < c->r; axis++)
            row[axis] += c->weights[i] * c->points[axis * c->p + i];
    }
    for (int64_t j = 0; j < c->k; j++)
        if (c->mass[j * width + c->r] > 0)
            for (int64_t axis = 0; axis < c->r; axis++)
                c->centers[j * c->r + axis] = c->mass[j * width + axis] / c->mass[j * width + c->r];
}

static void seed_centers(Clusters *c, const double *uniforms) {
    double *chance = c->nearest;
    for (int64_t j = 0; j < c->k; j++) {
        double total = 0, sum = 0;
        int64_t drawn = 0;
        for (int64_t i = 0; i < c->p; i++)
            total += j == 0 ? c->weights[i] : chance[i] * c->weights[i];
        for (int64_t i = 0; i < c->p; i++) {
            sum += j == 0 ? c->weights[i] : chance[i] * c->weights[i];
            if (sum > uniforms[j] * total) {
                drawn = i;
                break;
            }
        }
        for (int64_t axis = 0; axis < c->r; axis++)
            c->centers[j * c->r + axis] = c->points[axis * c->p + drawn];
        squared_distances(c, c->centers + j * c->r, c->distance);
        for (int64_t i = 0; i < c->p; i++)
            if (j == 0 || c->distance[i] < chance[i])
                chance[i] = c->distance[i];
    }
}

/* Runs from the centres as they stand until no label changes; leaves labels, distances and inertia of the centres. */
static double settle(Clusters *c, int64_t rounds, int64_t *before) {
    for (int64_t round = 0; round < rounds; round++) {
        memcpy(before, c->labels, (size_t)c->p * sizeof(int64_t));
        assign(c);
        if (round && memcmp(before, c->labels, (size_t)c->p * sizeof(int64_t)) == 0)
            return weighted_sum(c);
        recenter(c);
    }
    assign(c);
    return weighted_sum(c);
}

INLINE void silhouette_body(const double *points, const double *weights, const int64_t *labels, const int64_t *starts,
                            const double *mass, int64_t p, int64_t r, int64_t k, double *distance, double *result) {
    double total = 0;
    for (int64_t i = 0; i < p; i++) {
        if (!(mass[labels[i]] > 1))
            continue;
        for (int64_t j = 0; j < p; j++)
            distance[j] = 0;
        for (int64_t axis = 0; axis < r; axis++) {
            const double *restrict along = points + axis * p;
            double at = along[i];
            for (int64_t j = 0; j < p; j++)
                distance[j] += (along[j] - at) * (along[j] - at);
        }
        double within = 0, other = INFINITY;
        for (int64_t group = 0; group < k; group++) {
            double lane[8] = {0, 0, 0, 0, 0, 0, 0, 0}, sum = 0;
            int64_t j = starts[group], end = starts[group + 1];
            for (; j + 8 <= end; j += 8)
                for (int l = 0; l < 8; l++)
                    lane[l] += sqrt(distance[j + l]) * weights[j + l];
            for (; j < end; j++)
                sum += sqrt(distance[j]) * weights[j];
            for (int l = 0; l < 8; l++)
                sum += lane[l];
            if (group == labels[i])
                within = sum / (mass[group] - 1);
            else if (mass[group] > 0 && sum / mass[group] < other)
                other = sum / mass[group];
        }
        double largest = within > other ? within : other;
        if (largest > 0 && other < INFINITY)
            total += weights[i] * (other - within) / largest;
    }
    *result = total;
}
VARIANTS(silhouette,
         (const double *points, const double *weights, const int64_t *labels, const int64_t *starts,
          const double *mass, int64_t p, int64_t r, int64_t k, double *distance, double *result),
         (points, weights, labels, starts, mass, p, r, k, distance, result))

/* Mass and first moments of the cells of a lattice, for each label; points lie row after row here. */
static void heap(const double *points, const double *weights, const int64_t *labels, int64_t p, int64_t side,
                 const double *corner, const double *step, double *out) {
    for (int64_t i = 0; i < p; i++) {
        double x = points[2 * i], y = points[2 * i + 1], mass = weights[i];
        int64_t across = (int64_t)((x - corner[0]) / step[0]), up = (int64_t)((y - corner[1]) / step[1]);
        across = across < 0 ? 0 : across < side ? across : side - 1;
        up = up < 0 ? 0 : up < side ? up : side - 1;
        double *cell = out + 3 * (((labels ? labels[i] : 0) * side + across) * side + up);
        cell[0] += mass;
        cell[1] += mass * x;
        cell[2] += mass * y;
    }
}

/* The `count` smallest of `values` come first, in any order (Hoare's quickselect). */
static void smallest_first(uint64_t *values, int64_t size, int64_t count) {
    int64_t low = 0, high = size - 1;
    while (low < high) {
        uint64_t pivot = values[low + (high - low) / 2];
        int64_t i = low, j = high;
        while (i <= j) {
            while (values[i] < pivot)
                i++;
            while (values[j] > pivot)
                j--;
            if (i <= j) {
                uint64_t swapped = values[i];
                values[i++] = values[j];
                values[j--] = swapped;
            }
        }
        if (count <= j)
            high = j;
        else if (count >= i)
            low = i;
        else
            return;
    }
}

/* One person's trade with another: answers 0 and 2 change hands, others stay; `ranked` has room for m numbers. */
static void trade_pair(int8_t *first, int8_t *second, const uint32_t *keys, int64_t m, uint64_t *ranked) {
    int64_t size = 0, count = 0;
    for (int64_t j = 0; j < m; j++)
        if ((first[j] == 0 && second[j] == 2) || (first[j] == 2 && second[j] == 0)) {
            ranked[size++] = (uint64_t)keys[j] << 32 | (uint64_t)j;
            count += first[j] == 0;
        }
    if (count == 0 || count == size)
        return;
    smallest_first(ranked, size, count);
    for (int64_t at = 0; at < size; at++) {
        int64_t j = (int64_t)(ranked[at] & 0xFFFFFFFF);
        first[j] = (int8_t)(at < count ? 0 : 2);
        second[j] = (int8_t)(at < count ? 2 : 0);
    }
}

/* ---- what Python hands over ---- */

/* A contiguous buffer of `size`-byte items; `rank` dimensions; fails with a TypeError that names it. */
static int take(PyObject *object, Py_buffer *view, const char *name, Py_ssize_t size, const char *kinds, int rank,
                int writable) {
    int flags = PyBUF_C_CONTIGUOUS | PyBUF_FORMAT | (writable ? PyBUF_WRITABLE : 0);
    if (PyObject_GetBuffer(object, view, flags) < 0)
        return -1;
    const char *format = view->format ? view->format : "B";
    if (*format == '<' || *format == '=' || *format == '@')
        format++;
    if (view->ndim != rank || view->itemsize != size || strlen(format) != 1 || !strchr(kinds, *format)) {
        PyErr_Format(PyExc_TypeError, "%s: an array of another type or rank is needed", name);
        PyBuffer_Release(view);
        view->obj = NULL;
        return -1;
    }
    return 0;
}

#define FLOATS "d"
#define INTEGERS "lq"

static void release(Py_buffer *views, int count) {
    for (int i = 0; i < count; i++)
        if (views[i].obj)
            PyBuffer_Release(&views[i]);
}

static int wrong(const char *what) {
    PyErr_SetString(PyExc_ValueError, what);
    return -1;
}

INLINE void highest_body(const Shard *s, int64_t *highest) {
    int64_t from = s->indptr[s->lo], to = s->indptr[s->hi];
    if (s->wide) {
        uint32_t most = 0;
        for (int64_t at = from; at < to; at++) {
            uint32_t code = ((const uint32_t *)s->codes)[at];
            most = code > most ? code : most;
        }
        *highest = most;
    } else {
        uint16_t most = 0;
        for (int64_t at = from; at < to; at++) {
            uint16_t code = ((const uint16_t *)s->codes)[at];
            most = code > most ? code : most;
        }
        *highest = most;
    }
}
VARIANTS(highest, (const Shard *s, int64_t *most), (s, most))

/* views[0] and views[1] become codes and indptr; `rows` is what the codes must stay below. */
static int take_shard(PyObject *codes, PyObject *indptr, Py_ssize_t lo, Py_ssize_t hi, Py_buffer *views, Shard *s) {
    if (PyObject_GetBuffer(codes, &views[0], PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0)
        return -1;
    if (views[0].ndim != 1 || (views[0].itemsize != 2 && views[0].itemsize != 4))
        return wrong("codes: two or four bytes each");
    if (take(indptr, &views[1], "indptr", 8, INTEGERS, 1, 0) < 0)
        return -1;
    s->codes = views[0].buf;
    s->wide = views[0].itemsize == 4;
    s->indptr = views[1].buf;
    s->lo = lo;
    s->hi = hi;
    if (lo < 0 || hi < lo || hi >= views[1].shape[0])
        return wrong("lo and hi: people that are there");
    if (s->indptr[lo] < 0 || s->indptr[hi] > views[0].shape[0])
        return wrong("indptr: votes that are there");
    for (int64_t i = lo; i < hi; i++)
        if (s->indptr[i] > s->indptr[i + 1])
            return wrong("indptr: ascending");
    return 0;
}

static int codes_below(const Shard *s, int64_t rows) {
    int64_t most = -1;
    if (s->indptr[s->lo] < s->indptr[s->hi])
        highest(s, &most);
    return most < rows ? 0 : wrong("codes: below the rows of the table");
}

static PyObject *py_histogram(PyObject *self, PyObject *args) {
    PyObject *codes, *indptr, *labels, *out, *result = NULL;
    Py_ssize_t lo, hi;
    Py_buffer views[4] = {{0}};
    Shard s;
    (void)self;
    if (!PyArg_ParseTuple(args, "OOnnOO", &codes, &indptr, &lo, &hi, &labels, &out))
        return NULL;
    if (take_shard(codes, indptr, lo, hi, views, &s) < 0 || take(out, &views[2], "out", 8, INTEGERS, 2, 1) < 0 ||
        (labels != Py_None && take(labels, &views[3], "labels", 4, "il", 1, 0) < 0))
        goto done;
    const int32_t *named = labels == Py_None ? NULL : views[3].buf;
    if (named && views[3].shape[0] < hi) {
        wrong("labels: one for each person");
        goto done;
    }
    for (Py_ssize_t i = lo; named && i < hi; i++)
        if (named[i] >= views[2].shape[0]) {
            wrong("labels: below the rows of out");
            goto done;
        }
    if ((!named && views[2].shape[0] < 1) || codes_below(&s, views[2].shape[1]) < 0) {
        if (!PyErr_Occurred())
            wrong("out: at least one row");
        goto done;
    }
    Py_BEGIN_ALLOW_THREADS
    histogram(&s, named, views[2].shape[1], views[2].buf);
    Py_END_ALLOW_THREADS
    result = Py_NewRef(Py_None);
done:
    release(views, 4);
    return result;
}

/* gather(…, table, out (n, b)) and gather_scatter(…, table, out (4 m, b)) */
static PyObject *gathered(PyObject *args, int scatter) {
    PyObject *codes, *indptr, *table, *out, *result = NULL;
    Py_ssize_t lo, hi;
    Py_buffer views[4] = {{0}};
    Shard s;
    if (!PyArg_ParseTuple(args, "OOnnOO", &codes, &indptr, &lo, &hi, &table, &out))
        return NULL;
    if (take_shard(codes, indptr, lo, hi, views, &s) < 0 || take(table, &views[2], "table", 8, FLOATS, 2, 0) < 0 ||
        take(out, &views[3], "out", 8, FLOATS, 2, 1) < 0 || codes_below(&s, views[2].shape[0]) < 0)
        goto done;
    if (views[3].shape[1] != views[2].shape[1] || views[3].shape[0] < (scatter ? views[2].shape[0] : hi)) {
        wrong("out: of the size that the table asks for");
        goto done;
    }
    Py_BEGIN_ALLOW_THREADS
    gather(&s, views[2].buf, views[2].shape[1], scatter ? NULL : views[3].buf, scatter ? views[3].buf : NULL);
    Py_END_ALLOW_THREADS
    result = Py_NewRef(Py_None);
done:
    release(views, 4);
    return result;
}

static PyObject *py_gather(PyObject *self, PyObject *args) {
    (void)self;
    return gathered(args, 0);
}

static PyObject *py_gather_scatter(PyObject *self, PyObject *args) {
    (void)self;
    return gathered(args, 1);
}

static PyObject *bridged(PyObject *args, int width) {
    PyObject *codes, *indptr, *rated, *table, *people, *out, *result = NULL;
    Py_ssize_t lo, hi;
    Py_buffer views[6] = {{0}};
    Shard s;
    Bridge bridge;
    double explained = 0;
    if (!PyArg_ParseTuple(args, "OOnnOOddOO", &codes, &indptr, &lo, &hi, &rated, &table, &bridge.ridge_intercept,
                          &bridge.ridge_factor, &people, &out))
        return NULL;
    if (take_shard(codes, indptr, lo, hi, views, &s) < 0 || take(rated, &views[2], "rated", 8, INTEGERS, 1, 0) < 0 ||
        take(table, &views[3], "table", 8, FLOATS, 2, 0) < 0 || take(people, &views[4], "people", 8, FLOATS, 2, 1) < 0 ||
        take(out, &views[5], "out", 8, FLOATS, 2, 1) < 0 || codes_below(&s, views[3].shape[0]) < 0)
        goto done;
    if (views[2].shape[0] < hi || views[3].shape[1] != 4 || views[4].shape[0] < hi || views[4].shape[1] != 2 ||
        views[5].shape[0] * (width == 4 ? 1 : 4) < views[3].shape[0] || views[5].shape[1] != width) {
        wrong("rated, table, people, out: of sizes that fit");
        goto done;
    }
    bridge.rated = views[2].buf;
    bridge.table = views[3].buf;
    bridge.people = views[4].buf;
    bridge.out = views[5].buf;
    Py_BEGIN_ALLOW_THREADS
    if (width == 4)
        eliminate(&s, &bridge, &explained);
    else
        spread(&s, &bridge);
    Py_END_ALLOW_THREADS
    result = width == 4 ? PyFloat_FromDouble(explained) : Py_NewRef(Py_None);
done:
    release(views, 6);
    return result;
}

static PyObject *py_eliminate(PyObject *self, PyObject *args) {
    (void)self;
    return bridged(args, 4);
}

static PyObject *py_spread(PyObject *self, PyObject *args) {
    (void)self;
    return bridged(args, 8);
}

static PyObject *py_prepare(PyObject *self, PyObject *args) {
    PyObject *terms, *count, *table, *result = NULL;
    Py_buffer views[3] = {{0}};
    (void)self;
    if (!PyArg_ParseTuple(args, "OOO", &terms, &count, &table))
        return NULL;
    if (take(terms, &views[0], "terms", 8, FLOATS, 1, 0) < 0 || take(count, &views[1], "count", 8, FLOATS, 1, 0) < 0 ||
        take(table, &views[2], "table", 8, FLOATS, 2, 1) < 0)
        goto done;
    Py_ssize_t m = views[1].shape[0];
    if (views[0].shape[0] != 2 * m + 1 || views[2].shape[0] != 4 * m || views[2].shape[1] != 4) {
        wrong("terms, count, table: of sizes that fit");
        goto done;
    }
    Py_BEGIN_ALLOW_THREADS
    prepare(views[0].buf, views[1].buf, m, views[2].buf);
    Py_END_ALLOW_THREADS
    result = Py_NewRef(Py_None);
done:
    release(views, 3);
    return result;
}

static PyObject *py_complete(PyObject *self, PyObject *args) {
    PyObject *sums, *count, *total, *terms, *g, *slope, *result = NULL;
    Py_buffer views[6] = {{0}};
    Curvature c;
    double fit;
    (void)self;
    if (!PyArg_ParseTuple(args, "OOOO(ddd)OO", &sums, &count, &total, &terms, &c.ridge_mean, &c.ridge_intercept,
                          &c.ridge_factor, &g, &slope))
        return NULL;
    if (take(sums, &views[0], "sums", 8, FLOATS, 2, 0) < 0 || take(count, &views[1], "count", 8, FLOATS, 1, 0) < 0 ||
        take(total, &views[2], "total", 8, FLOATS, 1, 0) < 0 || take(terms, &views[3], "terms", 8, FLOATS, 1, 0) < 0 ||
        take(g, &views[4], "g", 8, FLOATS, 2, 1) < 0 || take(slope, &views[5], "slope", 8, FLOATS, 1, 1) < 0)
        goto done;
    Py_ssize_t m = views[1].shape[0], size = 2 * m + 1;
    if (views[0].shape[0] != 4 * m || views[0].shape[1] != 4 || views[2].shape[0] != m || views[3].shape[0] != size ||
        views[4].shape[0] != 2 || views[4].shape[1] != m || views[5].shape[0] != size) {
        wrong("sums, count, total, terms, g, slope: of sizes that fit");
        goto done;
    }
    c.m = m;
    c.g = views[4].buf;
    c.count = views[1].buf;
    Py_BEGIN_ALLOW_THREADS
    fit = complete(&c, views[0].buf, views[2].buf, views[3].buf, views[4].buf, views[5].buf);
    Py_END_ALLOW_THREADS
    result = PyFloat_FromDouble(fit);
done:
    release(views, 6);
    return result;
}

static PyObject *py_direct(PyObject *self, PyObject *args) {
    PyObject *g, *count, *slope, *moves, *changes, *out, *result = NULL;
    Py_ssize_t newest;
    Py_buffer views[6] = {{0}};
    Curvature c;
    double *room = NULL;
    (void)self;
    if (!PyArg_ParseTuple(args, "OO(ddd)OOOnO", &g, &count, &c.ridge_mean, &c.ridge_intercept, &c.ridge_factor, &slope,
                          &moves, &changes, &newest, &out))
        return NULL;
    if (take(g, &views[0], "g", 8, FLOATS, 2, 0) < 0 || take(count, &views[1], "count", 8, FLOATS, 1, 0) < 0 ||
        take(slope, &views[2], "slope", 8, FLOATS, 1, 0) < 0 || take(moves, &views[3], "moves", 8, FLOATS, 2, 0) < 0 ||
        take(changes, &views[4], "changes", 8, FLOATS, 2, 0) < 0 || take(out, &views[5], "out", 8, FLOATS, 1, 1) < 0)
        goto done;
    Py_ssize_t m = views[1].shape[0], size = 2 * m + 1, pairs = views[3].shape[0];
    if (views[0].shape[0] != 2 || views[0].shape[1] != m || views[2].shape[0] != size || views[3].shape[1] != size ||
        views[4].shape[0] != pairs || views[4].shape[1] != size || views[5].shape[0] != size ||
        (pairs && (newest < 0 || newest >= pairs))) {
        wrong("g, count, slope, moves, changes, newest, out: of sizes that fit");
        goto done;
    }
    if (!(room = malloc((size_t)(size + 2 * pairs) * sizeof *room))) {
        PyErr_NoMemory();
        goto done;
    }
    c.m = m;
    c.g = views[0].buf;
    c.count = views[1].buf;
    Memory memory = {pairs, newest, views[3].buf, views[4].buf};
    Py_BEGIN_ALLOW_THREADS
    direct(&c, &memory, views[2].buf, room, views[5].buf);
    Py_END_ALLOW_THREADS
    result = Py_NewRef(Py_None);
done:
    free(room);
    release(views, 6);
    return result;
}

static void transposed(const double *points, int64_t p, int64_t r, double *out) {
    for (int64_t i = 0; i < p; i++)
        for (int64_t axis = 0; axis < r; axis++)
            out[axis * p + i] = points[i * r + axis];
}

/* The best of all starts, left in `centers` and `labels`; -1 where memory ran out. */
static double best_of(const double *rows, const double *weights, const double *uniforms, int64_t starts, int64_t rounds,
                      int64_t p, int64_t r, int64_t k, double *centers, int64_t *labels) {
    size_t floats = (size_t)(p * r + 2 * p + k * (2 * r + 1)) + 1, integers = (size_t)(2 * p) + 1;
    double *room = malloc(floats * sizeof(double)), inertia, best = -1;
    int64_t *whole = malloc(integers * sizeof(int64_t));
    if (room && whole) {
        Clusters c = {room, weights, p, r, k, room + p * r, room + p * r + k * r, whole, NULL, NULL};
        c.distance = c.nearest + p;
        c.mass = c.distance + p;
        transposed(rows, p, r, room);
        memcpy(c.centers, centers, (size_t)(k * r) * sizeof(double));
        for (int64_t start = 0; start < (starts ? starts : 1); start++) {
            if (starts)
                seed_centers(&c, uniforms + start * k);
            inertia = settle(&c, rounds, whole + p);
            if (best < 0 || inertia < best) {
                best = inertia;
                memcpy(centers, c.centers, (size_t)(k * r) * sizeof(double));
                memcpy(labels, c.labels, (size_t)p * sizeof(int64_t));
            }
        }
    }
    free(room);
    free(whole);
    return best;
}

static PyObject *py_kmeans(PyObject *self, PyObject *args) {
    PyObject *points, *weights, *uniforms, *centers, *labels, *result = NULL;
    Py_ssize_t rounds;
    Py_buffer views[5] = {{0}};
    double best;
    (void)self;
    if (!PyArg_ParseTuple(args, "OOOnOO", &points, &weights, &uniforms, &rounds, &centers, &labels))
        return NULL;
    if (take(points, &views[0], "points", 8, FLOATS, 2, 0) < 0 || take(weights, &views[1], "weights", 8, FLOATS, 1, 0) < 0 ||
        take(uniforms, &views[2], "uniforms", 8, FLOATS, 2, 0) < 0 ||
        take(centers, &views[3], "centers", 8, FLOATS, 2, 1) < 0 || take(labels, &views[4], "labels", 8, INTEGERS, 1, 1) < 0)
        goto done;
    int64_t p = views[0].shape[0], r = views[0].shape[1], k = views[3].shape[0];
    int64_t starts = views[2].shape[1] ? views[2].shape[0] : 0;
    if (views[1].shape[0] != p || views[4].shape[0] != p || views[3].shape[1] != r || k < 1 || p < 1 || r < 1 ||
        (starts && views[2].shape[1] != k)) {
        wrong("points, weights, uniforms, centers, labels: of sizes that fit");
        goto done;
    }
    Py_BEGIN_ALLOW_THREADS
    best = best_of(views[0].buf, views[1].buf, views[2].buf, starts, rounds, p, r, k, views[3].buf, views[4].buf);
    Py_END_ALLOW_THREADS
    result = best < 0 ? PyErr_NoMemory() : PyFloat_FromDouble(best);
done:
    release(views, 5);
    return result;
}

/* Sorts the points by label and scores them; -2 where memory ran out. */
static double scored(const double *rows, const double *given, const int64_t *named, int64_t p, int64_t r, int64_t k) {
    double *room = malloc((size_t)(p * r + 2 * p + k + 1) * sizeof(double)), result = -2, sum = 0;
    int64_t *whole = calloc((size_t)(p + 2 * k + 2), sizeof(int64_t));
    if (room && whole) {
        double *points = room, *weights = room + p * r, *distance = weights + p, *mass = distance + p;
        int64_t *labels = whole, *starts = whole + p, *next = starts + k + 1;
        for (int64_t i = 0; i < p; i++)
            starts[named[i] + 1]++;
        for (int64_t j = 0; j < k; j++) {
            starts[j + 1] += starts[j];
            next[j] = starts[j];
            mass[j] = 0;
        }
        for (int64_t i = 0; i < p; i++) {
            int64_t at = next[named[i]]++;
            labels[at] = named[i];
            weights[at] = given[i];
            mass[named[i]] += given[i];
            sum += given[i];
            for (int64_t axis = 0; axis < r; axis++)
                points[axis * p + at] = rows[i * r + axis];
        }
        silhouette(points, weights, labels, starts, mass, p, r, k, distance, &result);
        result /= sum;
    }
    free(room);
    free(whole);
    return result;
}

static PyObject *py_silhouette(PyObject *self, PyObject *args) {
    PyObject *points, *weights, *labels, *result = NULL;
    Py_ssize_t k;
    Py_buffer views[3] = {{0}};
    double score;
    (void)self;
    if (!PyArg_ParseTuple(args, "OOOn", &points, &weights, &labels, &k))
        return NULL;
    if (take(points, &views[0], "points", 8, FLOATS, 2, 0) < 0 || take(weights, &views[1], "weights", 8, FLOATS, 1, 0) < 0 ||
        take(labels, &views[2], "labels", 8, INTEGERS, 1, 0) < 0)
        goto done;
    Py_ssize_t p = views[0].shape[0];
    const int64_t *named = views[2].buf;
    int fits = views[1].shape[0] == p && views[2].shape[0] == p && k >= 1;
    for (Py_ssize_t i = 0; fits && i < p; i++)
        fits = named[i] >= 0 && named[i] < k;
    if (!fits) {
        wrong("points, weights, labels: of sizes that fit, labels from 0 to k");
        goto done;
    }
    Py_BEGIN_ALLOW_THREADS
    score = scored(views[0].buf, views[1].buf, named, p, views[0].shape[1], k);
    Py_END_ALLOW_THREADS
    result = score < -1.5 ? PyErr_NoMemory() : PyFloat_FromDouble(score);
done:
    release(views, 3);
    return result;
}

static PyObject *py_heap(PyObject *self, PyObject *args) {
    PyObject *points, *weights, *labels, *corner, *step, *out, *result = NULL;
    Py_buffer views[6] = {{0}};
    (void)self;
    if (!PyArg_ParseTuple(args, "OOOOOO", &points, &weights, &labels, &corner, &step, &out))
        return NULL;
    if (take(points, &views[0], "points", 8, FLOATS, 2, 0) < 0 || take(weights, &views[1], "weights", 8, FLOATS, 1, 0) < 0 ||
        take(corner, &views[2], "corner", 8, FLOATS, 1, 0) < 0 || take(step, &views[3], "step", 8, FLOATS, 1, 0) < 0 ||
        take(out, &views[4], "out", 8, FLOATS, 4, 1) < 0 ||
        (labels != Py_None && take(labels, &views[5], "labels", 8, INTEGERS, 1, 0) < 0))
        goto done;
    Py_ssize_t p = views[0].shape[0];
    const int64_t *named = labels == Py_None ? NULL : views[5].buf;
    int fits = views[0].shape[1] == 2 && views[1].shape[0] == p && views[2].shape[0] == 2 && views[3].shape[0] == 2 &&
               views[4].shape[0] >= 1 && views[4].shape[1] >= 1 && views[4].shape[1] == views[4].shape[2] &&
               views[4].shape[3] == 3 && (!named || views[5].shape[0] == p);
    for (Py_ssize_t i = 0; named && fits && i < p; i++)
        fits = named[i] >= 0 && named[i] < views[4].shape[0];
    if (!fits) {
        wrong("points, weights, labels, corner, step, out: of sizes that fit");
        goto done;
    }
    Py_BEGIN_ALLOW_THREADS
    heap(views[0].buf, views[1].buf, named, p, views[4].shape[1], views[2].buf, views[3].buf, views[4].buf);
    Py_END_ALLOW_THREADS
    result = Py_NewRef(Py_None);
done:
    release(views, 6);
    return result;
}

static PyObject *py_trade(PyObject *self, PyObject *args) {
    PyObject *cells, *order, *keys, *result = NULL;
    Py_buffer views[3] = {{0}};
    (void)self;
    if (!PyArg_ParseTuple(args, "OOO", &cells, &order, &keys))
        return NULL;
    if (take(cells, &views[0], "cells", 1, "b", 2, 1) < 0 || take(order, &views[1], "order", 8, INTEGERS, 1, 0) < 0 ||
        take(keys, &views[2], "keys", 4, "IL", 2, 0) < 0)
        goto done;
    Py_ssize_t n = views[0].shape[0], m = views[0].shape[1], pairs = views[2].shape[0];
    const int64_t *who = views[1].buf;
    int fits = views[1].shape[0] == 2 * pairs && views[2].shape[1] == m;
    for (Py_ssize_t i = 0; fits && i < 2 * pairs; i++)
        fits = who[i] >= 0 && who[i] < n;
    if (!fits) {
        wrong("cells, order, keys: of sizes that fit, people from 0 to n");
        goto done;
    }
    uint64_t *ranked = malloc((size_t)(m ? m : 1) * sizeof *ranked);
    if (!ranked) {
        PyErr_NoMemory();
        goto done;
    }
    int8_t *rows = views[0].buf;
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < pairs; i++)
        trade_pair(rows + who[i] * m, rows + who[pairs + i] * m, (const uint32_t *)views[2].buf + i * m, m, ranked);
    Py_END_ALLOW_THREADS
    free(ranked);
    result = Py_NewRef(Py_None);
done:
    release(views, 3);
    return result;
}

static PyMethodDef methods[] = {
    {"histogram", py_histogram, METH_VARARGS, "See _reference.histogram."},
    {"gather", py_gather, METH_VARARGS, "See _reference.gather."},
    {"gather_scatter", py_gather_scatter, METH_VARARGS, "See _reference.gather_scatter."},
    {"eliminate", py_eliminate, METH_VARARGS, "See _reference.eliminate."},
    {"prepare", py_prepare, METH_VARARGS, "See _reference.prepare."},
    {"complete", py_complete, METH_VARARGS, "See _reference.complete."},
    {"direct", py_direct, METH_VARARGS, "See _reference.direct."},
    {"spread", py_spread, METH_VARARGS, "See _reference.spread."},
    {"kmeans", py_kmeans, METH_VARARGS, "See _reference.kmeans."},
    {"silhouette", py_silhouette, METH_VARARGS, "See _reference.silhouette."},
    {"trade", py_trade, METH_VARARGS, "See _reference.trade."},
    {"heap", py_heap, METH_VARARGS, "See _reference.heap."},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) { return PyModule_AddIntConstant(module, "INTERFACE", 6); }

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)execute}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_passes", "The passes over the votes, compiled; see _reference.", 0, methods, slots,
    NULL,                  NULL,      NULL,
};

PyMODINIT_FUNC PyInit__passes(void) { return PyModuleDef_Init(&definition); }
