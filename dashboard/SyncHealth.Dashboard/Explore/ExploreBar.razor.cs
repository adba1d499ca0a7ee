using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>Metric, time, grouping, comparison and filters. Whatever is chosen goes into the address, and comes from there.</summary>
public sealed partial class ExploreBar(NavigationManager navigation)
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Nothing = new Dictionary<string, IReadOnlyList<string>>();

    private DateTime? _from;
    private DateTime? _to;
    private DateTime? _asOf;
    private string? _refused;
    private string? _tooLate;
    private (ExploreRange Range, DateTimeOffset? AsOf, ViewerClock Clock)? _shown;

    [Parameter, EditorRequired]
    public ExploreState State { get; set; } = null!;

    /// <summary>The values to offer; null while they are unknown.</summary>
    [Parameter]
    public ExploreAnswers? Answers { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    private IReadOnlyDictionary<string, IReadOnlyList<string>> Values => Answers?.Values ?? Nothing;

    /// <summary>All dimensions, the app's own tags, and the one that the address names.</summary>
    private IEnumerable<Dimension> Dimensions => Dimension.All
        .Concat(Values.Keys.Where(name => name.StartsWith(Storage.Vitals.Dimensions.TagPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Dimension.FindAny).OfType<Dimension>())
        .Concat(State.By is { } by ? [by] : [])
        .Distinct();

    private IEnumerable<ChoiceOption> Ranges =>
        from code in ExploreRange.Offered
        let range = ExploreRange.Parse(code, null, null)!
        select new ChoiceOption(code, (State with { Range = range, Whole = null }).ToAddress(), range == State.Range, $"The {range.Words}");

    private IEnumerable<ChoiceOption> Clocks =>
    [
        new("happened", (State with { Clock = VitalsClock.Event }).ToAddress(), State.Clock == VitalsClock.Event, "By when it happened on the device"),
        new("arrived", (State with { Clock = VitalsClock.Arrival }).ToAddress(), State.Clock == VitalsClock.Arrival, "By when the server received it"),
    ];

    /// <summary>What somebody types is kept while numbers come and go; another range, or the viewer's zone, replaces it.</summary>
    protected override void OnParametersSet()
    {
        if (Answers is not { } answers || _shown == (State.Range, State.AsOf, Clock))
            return;
        _shown = (State.Range, State.AsOf, Clock);
        var (from, to) = State.Range.Bounds(answers.Now);
        (_from, _to, _refused) = (Minute(from), Minute(to), null);
        (_asOf, _tooLate) = (Minute(answers.Now), null);
    }

    private DateTime Minute(DateTimeOffset at)
    {
        var local = Clock.Local(at).DateTime;
        return local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
    }

    private string? Utc(DateTime? local) => local is { } at ? ViewerClock.InUtc(Clock.At(at)) : null;

    private void UseRange()
    {
        if (_from is { } from && _to is { } to
            && ExploreRange.Parse(null, Clock.At(from).ToString("O"), Clock.At(to).ToString("O")) is { } range)
            Go(State with { Range = range, Whole = null });
        else
            _refused = "Choose two moments, 5 minutes to 400 days apart.";
    }

    private void LookBack()
    {
        if (_asOf is { } local && Clock.At(local) is var at && (State.AsOf is not null || Answers is null || at < Answers.Now))
            Go(State with { AsOf = at.ToUniversalTime() });
        else
            _tooLate = "Choose a moment of the past.";
    }

    private void Compare(string? code) => Go(State with { Against = Comparison.Parse(code, [.. State.Against.Segment.Format()]) });

    private void Go(ExploreState state) => navigation.NavigateTo(state.ToAddress());
}
