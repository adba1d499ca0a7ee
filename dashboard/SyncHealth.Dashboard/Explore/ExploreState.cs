using System.Text;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Everything that decides what Explore shows. It is the address: whoever opens the link sees the same.</summary>
/// <param name="App">Null for the first app there is.</param>
/// <param name="Step">Null for the one that suits the range.</param>
/// <param name="By">Null for the dimension that splits the failures best.</param>
public sealed record ExploreState(
    string? App, Metric Metric, ExploreRange Range, ExploreStep? Step, Dimension? By, FilterSet Filters, VitalsClock Clock, Comparison Against) : IFilteredState
{
    public const string Path = "/explore";

    /// <summary>The range that was zoomed into; null where nobody did.</summary>
    public ExploreRange? Whole { get; init; }

    /// <summary>A past moment: the page shows what was known then. Null: what is known now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The state before the zoom; null where nobody zoomed.</summary>
    public ExploreState? Unzoomed => Whole is { } whole ? this with { Range = whole, Whole = null } : null;

    /// <summary>The step that is really used: a chosen one that does not fit the range gives way.</summary>
    public ExploreStep EffectiveStep => Step is { } chosen && chosen.Fits(Range.Length) ? chosen : ExploreStep.For(Range.Length);

    /// <summary>From the parameters of an address; what it cannot read falls back to the default.</summary>
    public static ExploreState Parse(ExploreParameters parameters, TimeRange defaultRange)
    {
        var plain = Default(defaultRange);
        return plain with
        {
            App = string.IsNullOrEmpty(parameters.App) ? null : parameters.App,
            Metric = Metric.Find(parameters.Metric) ?? plain.Metric,
            Range = ExploreRange.Parse(parameters.Range, parameters.From, parameters.To) ?? plain.Range,
            Step = ExploreStep.Find(parameters.Step),
            By = Dimension.FindAny(parameters.By),
            Filters = FilterSet.ParseAny(parameters.Filters),
            Clock = parameters.Clock == "arrival" ? VitalsClock.Arrival : VitalsClock.Event,
            Against = Comparison.Parse(parameters.Against, parameters.Other),
            Whole = ExploreRange.Parse(parameters.Whole),
            AsOf = ExploreRange.Moment(parameters.AsOf),
        };
    }

    /// <summary>What an address says that says nothing.</summary>
    public static ExploreState Default(TimeRange range) =>
        new(null, Metric.SuccessRate, ExploreRange.Parse(range.Code, null, null)!, null, null, FilterSet.Empty, VitalsClock.Event, Comparison.None);

    /// <summary>What the overview shows, looked into.</summary>
    public static ExploreState Of(OverviewState overview, Metric metric) =>
        Default(overview.Range) with { App = overview.App, Metric = metric, By = overview.By, Filters = overview.Filters, AsOf = overview.AsOf };

    /// <summary>
    /// The state with other filters. A dimension that is now fixed to one value has nothing left to be grouped by: the next one takes its place.
    /// </summary>
    public ExploreState With(FilterSet filters) =>
        this with { Filters = filters, By = By is { } by && filters.ValuesOf(by).Count() == 1 ? null : By };

    /// <summary>Zoomed into a stretch of time; from there the first range leads back.</summary>
    public ExploreState Between(DateTimeOffset from, DateTimeOffset to) => this with { Range = ExploreRange.Between(from, to), Whole = Whole ?? Range };

    public string AddressWith(FilterSet filters) => With(filters).ToAddress();

    /// <summary>The address below the root. What is as by default is left out, but for the range.</summary>
    public string ToAddress()
    {
        var address = new StringBuilder(Path).Append('?').Append(Range.ToQuery());
        Add(address, "app", App);
        if (Metric != Metric.SuccessRate)
            Add(address, "metric", Metric.Code);
        Add(address, "whole", Whole?.ToText());
        Add(address, "step", Step?.Code);
        Add(address, "by", By?.Short);
        foreach (var filter in Filters.Format())
            Add(address, "filter", filter);
        if (Clock == VitalsClock.Arrival)
            Add(address, "clock", "arrival");
        Add(address, "asOf", AsOf is { } asOf ? ExploreRange.Stamp(asOf) : null);
        if (Against.Kind != ComparisonKind.None)
            Add(address, "vs", Against.Code);
        foreach (var filter in Against.Segment.Format())
            Add(address, "other", filter);
        return address.ToString();
    }

    private static void Add(StringBuilder address, string name, string? value)
    {
        if (value is not null)
            address.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}
