using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Intake;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Intake;

/// <summary>Asks what may be wrong with the picture itself.</summary>
public sealed class DataHealthReader(IAppReader apps, IIntakeReader intake, IGapReader gaps, IVitalsReader vitals, TimeProvider clock)
    : IPageReader<PageState, DataHealthView>
{
    private static readonly TimeSpan LastHour = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task<DataHealthView> ReadAsync(PageState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var frame = await PageFrame.ReadAsync(apps, state.App, clock, cancellationToken);
        if (frame.App is not { Name: var app })
            return new DataHealthView(frame, state, null, [], null, [], null);
        var now = frame.Now;
        var facts = await intake.ReadFactsAsync(app, now, cancellationToken);
        // What arrived in this very minute has the minute's beginning for its time.
        var arrivals = await intake.ReadArrivalsAsync(app, state.Range.FirstPoint(now), now, state.Range.Step, cancellationToken);
        var losses = await intake.ReadLossesAsync(app, now - state.Range.Length, now.AddTicks(TimeSpan.TicksPerMicrosecond), cancellationToken);
        var tally = await intake.ReadTallyAsync(app, now - state.Range.Length, now.AddTicks(TimeSpan.TicksPerMicrosecond), cancellationToken);
        var lost = await gaps.ReadAsync(app, now, [], cancellationToken);
        var hour = await vitals.ReadAsync(new VitalsQuery { App = app, From = now - LastHour, To = now, Now = now, Parts = VitalsParts.Completeness }, cancellationToken);
        DateTimeOffset? last = facts.LastReceivedAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
        IReadOnlyList<Figure> figures =
        [
            IntakeFigures.Rate(arrivals, state.Range.Length, last, now), IntakeFigures.Completeness(hour is { Groups: [{ Points: [var point, ..] }, ..] } ? point.Completeness : null),
            IntakeFigures.Late(arrivals), IntakeFigures.Lost(lost), IntakeFigures.Clocks(facts), IntakeFigures.Quarantine(losses), IntakeFigures.Fold(facts, now),
        ];
        return new DataHealthView(
            frame, state, TrustAnswer.Of(figures), figures, ArrivalChart.Build(arrivals, state.Range, now), [.. losses.Select(LossWords.Describe)], tally);
    }
}
