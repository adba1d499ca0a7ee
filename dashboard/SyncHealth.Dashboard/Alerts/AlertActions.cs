using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Routing;
using SyncHealth.Dashboard.Access;
using SyncHealth.Storage.Accounts;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>What people do about an alert: say that they are on it, that nobody needs to hear of it for a while, or that somebody has to be told after all.</summary>
public sealed class AlertActions(AcknowledgementStore acknowledgements, SilenceStore silences, AlertOutbox outbox, TimeProvider clock, ILogger<AlertActions> logger)
{
    /// <summary>How long silences made here may last.</summary>
    public static readonly IReadOnlyList<TimeSpan> Lengths = [TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(24)];

    private const string Reason = "silenced on the alerts page";

    /// <summary>Says who is on the open incident; the first who says so stays. False when the database does not answer, or the viewer may not, or not any more.</summary>
    public Task<bool> AcknowledgeAsync(AlertSummary alert, Viewer viewer, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return TryAsync(viewer, () => acknowledgements.AddAsync(alert.Id, by, clock.GetUtcNow(), cancellationToken));
    }

    /// <summary>Holds back messages of this alert and no other. False as above, or when a value of its segment cannot be matched.</summary>
    public Task<bool> SilenceAsync(AlertSummary alert, TimeSpan length, Viewer viewer, string by, CancellationToken cancellationToken)
    {
        if (MatchersOf(alert) is not { } matchers)
            return Task.FromResult(false);
        var now = clock.GetUtcNow();
        return TryAsync(viewer, () => silences.AddAsync(new StoredSilence(Guid.CreateVersion7(), matchers, Reason, by, now, now, now + length), cancellationToken));
    }

    /// <summary>Holds back messages of all alerts that meet the conditions. False when the database does not answer, or the viewer may not, or not any more.</summary>
    public Task<bool> SilenceAsync(IReadOnlyList<LabelMatcher> matchers, string reason, TimeSpan length, Viewer viewer, string by, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return TryAsync(viewer, () => silences.AddAsync(
            new StoredSilence(Guid.CreateVersion7(), [.. matchers.Select(matcher => matcher.ToString())], reason, by, now, now, now + length), cancellationToken));
    }

    /// <summary>Ends a silence now. False as above; one that is over already is ended.</summary>
    public Task<bool> EndSilenceAsync(Guid id, Viewer viewer, CancellationToken cancellationToken) =>
        TryAsync(viewer, () => silences.EndAsync(id, clock.GetUtcNow(), cancellationToken));

    /// <summary>What a silence would hold for; null when the database does not answer.</summary>
    public async Task<SilenceReach?> PreviewAsync(IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken)
    {
        try
        {
            return SilenceReach.Of(matchers, await silences.ListTargetsAsync(cancellationToken));
        }
        catch (DbException error)
        {
            Log.AlertActionFailed(logger, error);
            return null;
        }
    }

    /// <summary>Sends once more what never arrived. False as above, or when its incident is over by now.</summary>
    public async Task<bool> ResendAsync(LoggedDelivery delivery, Viewer viewer, CancellationToken cancellationToken)
    {
        var isSent = false;
        // Retries run on the wall clock, as vendors do.
        return await TryAsync(viewer, async () => isSent = await outbox.ResendAsync(delivery, TimeProvider.System.GetUtcNow(), cancellationToken)) && isSent;
    }

    /// <summary>Conditions that hold for this alert only; null when one cannot be written.</summary>
    public static IReadOnlyList<string>? MatchersOf(AlertSummary alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        string[] matchers =
        [
            Write(AlertLabels.Rule, alert.Rule), Write(AlertLabels.App, alert.App), Write(AlertLabels.Class, alert.Class),
            .. alert.Segment.Select(pair => Write(pair.Key, pair.Value)),
        ];
        return matchers.All(matcher => LabelMatcher.TryParse(matcher, out _, out _)) ? matchers : null;
    }

    /// <summary>A value that begins with a tilde would read as a pattern, so it is written as one.</summary>
    private static string Write(string label, string value) => value.StartsWith('~') ? $"{label}=~{Regex.Escape(value)}" : $"{label}={value}";

    private async Task<bool> TryAsync(Viewer viewer, Func<Task> change)
    {
        try
        {
            if (!await viewer.MayAsync(AccountRole.Editor, CancellationToken.None))
                return false;
            await change();
            return true;
        }
        catch (DbException error)
        {
            Log.AlertActionFailed(logger, error);
            return false;
        }
    }
}
