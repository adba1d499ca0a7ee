using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>The questions that a state stands for.</summary>
public sealed class ExploreQuestions
{
    /// <summary>Errors are rolled up by the hour: from this range on whole hours answer, below it raw events do.</summary>
    private static readonly TimeSpan ErrorHoursFrom = TimeSpan.FromHours(6);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public ExploreQuestions(ExploreState state, string app, DateTimeOffset now)
    {
        State = state;
        var asOf = state.AsOf < now ? state.AsOf : null;
        var (from, to) = BoundsOf(state, asOf ?? now);
        var shift = state.Against.ShiftOf(state.Range.Length);
        Whole = new VitalsQuery { App = app, From = from, To = to, Now = now, AsOf = asOf, Filters = state.Filters.Filters, Clock = state.Clock };
        Before = Whole with
        {
            From = from - shift,
            To = to - shift,
            Filters = state.Against.Kind == ComparisonKind.Segment ? state.Filters.Narrow(state.Against.Segment.Filters).Filters : state.Filters.Filters,
        };
        Stepped = Step(Whole);
        BeforeStepped = Step(Before);
    }

    public ExploreState State { get; }

    /// <summary>The range in one row.</summary>
    public VitalsQuery Whole { get; }

    /// <summary>What it is held against, in one row.</summary>
    public VitalsQuery Before { get; }

    public VitalsQuery Stepped { get; }

    public VitalsQuery BeforeStepped { get; }

    /// <summary>Errors over time: steps of whole hours, unless the range is too short to show any.</summary>
    public VitalsQuery ErrorsStepped
    {
        get
        {
            if (State.Range.Length < ErrorHoursFrom)
                return Stepped;
            var step = State.EffectiveStep.Length > Hour ? State.EffectiveStep.Length : Hour;
            return Whole with { From = Floor(Whole.From, step), To = Floor(Whole.To.AddTicks(step.Ticks - 1), step), Step = step };
        }
    }

    /// <summary>What had not happened yet by the moment that is looked back to is left out; a range that lies after it whole is moved before it.</summary>
    private static (DateTimeOffset From, DateTimeOffset To) BoundsOf(ExploreState state, DateTimeOffset seen)
    {
        var (from, to) = state.Range.Bounds(seen);
        if (state.AsOf is null || to <= seen)
            return (from, to);
        return (from < seen ? from : seen - state.Range.Length, seen);
    }

    /// <summary>A range that moves with the present begins with a whole point; one between two moments is drawn as it was asked.</summary>
    private VitalsQuery Step(VitalsQuery whole)
    {
        var step = State.EffectiveStep.Length;
        var past = whole.From.UtcTicks % step.Ticks;
        var from = State.Range.Code is null || past == 0 ? whole.From : whole.From.AddTicks(step.Ticks - past);
        return whole with { From = from, Step = step };
    }

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan step) => at.AddTicks(-(at.UtcTicks % step.Ticks));
}
