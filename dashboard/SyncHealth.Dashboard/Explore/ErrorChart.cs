using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Failures over time, stacked by kind of error.</summary>
public static class ErrorChart
{
    public static ChartModel Build(ExploreAnswers answers, ExploreState state)
    {
        var step = new ExploreQuestions(state, "", answers.Now).ErrorsStepped.Step!.Value;
        var times = answers.ErrorPoints.Select(error => error.At).Distinct().Order().ToArray();
        var columns = times.Length == 0 ? [] : Enumerable.Range(0, (int)((times[^1] - times[0]) / step) + 1).Select(column => times[0] + (column * step)).ToArray();
        var series = answers.ErrorPoints.GroupBy(error => error.Kind)
            .OrderByDescending(kind => kind.Sum(error => error.Attempts)).Take(ChartPalette.MaxSeries)
            .Select((kind, position) => Stack(kind.Key, position, kind, columns)).ToArray();
        var spec = new ChartSpec
        {
            Kind = ChartKind.StackedColumns,
            Unit = ChartUnit.Attempts,
            Series = series,
            Times = [.. columns.Select(at => at.ToUnixTimeMilliseconds())],
            StepMs = (long)step.TotalMilliseconds,
            IncompleteFrom = columns.Length > 0 && columns[^1] + step > answers.Now ? columns.Length - 1 : null,
            Min = 0,
        };
        return new ChartModel("failures", "Failures by kind", $"attempts that did not succeed, per {Wording.Quantity.Age(step.TotalSeconds)}", spec, "Nothing failed in this range.");
    }

    private static ChartSeries Stack(string kind, int position, IEnumerable<ErrorShare> errors, DateTimeOffset[] columns)
    {
        var counts = errors.GroupBy(error => error.At).ToDictionary(group => group.Key, group => (double?)group.Sum(error => error.Attempts));
        return new ChartSeries(
            ExploreWords.Error(kind, ""), ChartPalette.Color(position), 0, [.. columns.Select(at => counts.GetValueOrDefault(at, 0))],
            new DimensionFilter(Dimension.ErrorKind.Name, kind));
    }
}
