using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Error kinds and codes, ranked by what they contribute to the fall of the success rate; by frequency when it did not fall.</summary>
/// <param name="Rate">Failures in percent of attempts.</param>
/// <param name="RateBefore">The same of what it is held against; null when nothing was measured then.</param>
public sealed record ErrorRanking(IReadOnlyList<ErrorRow> Rows, double? Rate, double? RateBefore, int Left)
{
    public const int MaxRows = 20;

    /// <summary>Below this many points the rate did not fall, it wobbled.</summary>
    private const double LeastDrop = 0.1;

    public bool Dropped => Rate - RateBefore >= LeastDrop;

    public static ErrorRanking Of(ExploreAnswers answers)
    {
        var (now, before) = (RateOf(answers.Total), RateOf(answers.Before));
        var failures = answers.Errors.Sum(error => error.Attempts);
        var earlier = answers.ErrorsBefore.GroupBy(error => (error.Kind, error.Code)).ToDictionary(group => group.Key, group => group.Sum(error => error.Attempts));
        var drop = now - before is { } fall && fall >= LeastDrop ? fall : (double?)null;
        var rows = answers.Errors.GroupBy(error => (error.Kind, error.Code))
            .Select(group => Row(group.Key.Kind, group.Key.Code, group.Sum(error => error.Attempts)))
            .OrderByDescending(row => row.OfDrop ?? 0).ThenByDescending(row => row.Failures).ThenBy(row => row.Name, StringComparer.Ordinal).ToArray();
        return new ErrorRanking([.. rows.Take(MaxRows)], now, before, Math.Max(0, rows.Length - MaxRows));

        ErrorRow Row(string kind, string code, long count)
        {
            var rate = 100.0 * count / Math.Max(1, answers.Total?.Attempts ?? 0);
            var rateBefore = answers.Before is { Attempts: > 0 } past ? 100.0 * earlier.GetValueOrDefault((kind, code)) / past.Attempts : (double?)null;
            return new ErrorRow(
                ExploreWords.Error(kind, code), new DimensionFilter(Dimension.ErrorKind.Name, kind), count, rate, rateBefore,
                (double)count / Math.Max(1, failures), (rate - rateBefore) / drop);
        }
    }

    private static double? RateOf(VitalsPoint? point) => point is { Attempts: > 0 } ? 100.0 * (point.Attempts - point.Successes) / point.Attempts : null;
}
