using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>Asks how alerts stand, how they came there, and who was told.</summary>
public sealed class AlertsReader(IAppReader apps, IAlertReader alerts, IAlertLog log, ReceiverStore receivers, SilenceStore silences, DashboardOptions options, TimeProvider clock) : IPageReader<PageState, AlertsView>
{
    /// <summary>Changes and notifications shown: a night of a bad release; a shorter range shows the rest.</summary>
    public const int MaxLines = 200;

    /// <inheritdoc/>
    public async Task<AlertsView> ReadAsync(PageState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var frame = await PageFrame.ReadAsync(apps, state.App, clock, cancellationToken);
        if (frame.App is not { Name: var app })
            return new AlertsView(frame, state, [], [], [], [], 0);
        // A transition of this very moment belongs to a history that ends now.
        var (from, to) = (frame.Now - state.Range.Length, frame.Now.AddTicks(TimeSpan.TicksPerMicrosecond));
        var rules = (await log.ListRulesAsync(cancellationToken)).ToDictionary(rule => rule.Name);
        var active = await alerts.ListActiveAsync(app, cancellationToken);
        var transitions = await log.ListTransitionsAsync(app, from, to, MaxLines, cancellationToken);
        var deliveries = await log.ListDeliveriesAsync(app, from, to, MaxLines, cancellationToken);
        return new AlertsView(
            frame, state, [.. active.Select(alert => Describe(alert, rules.GetValueOrDefault(alert.Rule)))], [.. transitions.Select(Describe)],
            [.. deliveries.Select(delivery => AlertPhrases.Describe(delivery) with { Next = NextOf(delivery, TimeProvider.System.GetUtcNow()) })], await alerts.ListUnreachedRulesAsync(cancellationToken), rules.Count)
        {
            Silences = await silences.ListAsync(frame.Now, cancellationToken),
            Configured = [.. (await receivers.ListAsync(frame.Now, cancellationToken)).Select(AlertPhrases.Describe)],
            RulesText = RuleDraft.Join(rules.Values.Select(rule => rule.Yaml)),
            UnwatchedFor = Unwatched.Since(await alerts.ReadLastRoundAsync(cancellationToken), TimeProvider.System.GetUtcNow()),
        };
    }

    /// <summary>Retries run on the wall clock, as vendors do.</summary>
    private static string NextOf(LoggedDelivery delivery, DateTimeOffset wallNow) =>
        delivery is { Status: "waiting", Attempts: > 0 } && delivery.NextAttemptAt > wallNow ? Quantity.Age((delivery.NextAttemptAt - wallNow).TotalSeconds) : "";

    private static TransitionLine Describe(LoggedTransition logged) => new(
        logged.Transition, AlertPhrases.BandOf(logged.Transition.To), AlertPhrases.Place(logged.Transition.Segment), AlertPhrases.Reason(logged.Transition.Reason, logged.Transition.To), Evidence.Of(logged));

    private ActiveAlert Describe(AlertSummary alert, LoggedRule? rule) => new(
        alert, AlertWords.Band(alert), AlertPhrases.Place(alert.Segment),
        AlertWords.ValueOf(alert), AlertWords.LimitOf(alert),
        RunbookOf(alert.Rule, rule), rule?.Receivers ?? [],
        new OverviewState(alert.App, TimeRange.SixHours, null, FilterSet.Of(alert.Segment.Select(pair => new DimensionFilter(pair.Key, pair.Value)))).ToAddress());

    /// <summary>The rule's own, if it is an address of the web, else the shipped one.</summary>
    private string? RunbookOf(string name, LoggedRule? rule)
    {
        if (Uri.TryCreate(rule?.Runbook, UriKind.Absolute, out var own) && own is { Scheme: "https" or "http" })
            return own.AbsoluteUri;
        return options.Runbooks.Contains(name) ? $"/runbooks/{Uri.EscapeDataString(name)}" : null;
    }
}
