using SyncHealth.Alerting.Digests;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Digests;

/// <summary>
/// Tells digests that are due: each due moment of each app once, whatever restarts and however many processes look, because the moment and the notifications
/// are saved in one transaction from the version that was read. A moment that was missed is made up for while it is the newest; older ones are not told any more.
/// </summary>
internal sealed class DigestTelling(
    SetupInForce setup, AlertInputs inputs, AlertStore store, DigestReading reading, MessageLinks links, TimeProvider clock, AlertingOptions options)
{
    /// <summary>Looks once, and saves what is due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (setup.Current.Digests.Count == 0)
            return;
        var now = clock.GetUtcNow();
        var stored = (await store.LoadDigestsAsync(cancellationToken)).ToDictionary(digest => (digest.Rule, digest.App));
        var apps = await inputs.ListAppsAsync(cancellationToken);
        foreach (var digest in setup.Current.Digests)
            foreach (var app in apps.Where(app => digest.App is null || digest.App == app))
                await RunAsync(digest, app, stored.GetValueOrDefault((digest.Name, app)), now, cancellationToken);
    }

    private async Task RunAsync(DigestDefinition digest, string app, StoredAlert? stored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = digest.DueAt(now);
        if (stored is not null && AlertJson.Read<RememberedDigest>(stored.StateJson).ToldFor >= due)
            return;
        var save = Describe(digest, app, due, stored?.Version ?? 0, now);
        // One that was never seen begins with the next hour of its own: a start in the afternoon is no morning.
        if (stored is not null)
        {
            var from = digest.Before(due);
            var message = DigestComposer.Compose(digest, await reading.ReadAsync(app, from, due, digest.Before(from), now, cancellationToken), links);
            save = save with { Notices = new NoticeSave(save.Episode, DigestComposer.Class, AlertJson.Write(message), Reached(digest), now, options.DeliveryClock.GetUtcNow()) };
        }

        await store.SaveAsync(save, cancellationToken);
    }

    private string[] Reached(DigestDefinition digest) => [.. digest.Notify.Where(setup.Current.ConfiguredNames.Contains)];

    private static AlertSave Describe(DigestDefinition digest, string app, DateTimeOffset due, long version, DateTimeOffset now) => new()
    {
        Rule = digest.Name,
        App = app,
        Class = DigestComposer.Class,
        Version = version,
        StateJson = AlertJson.Write(new RememberedDigest(due)),
        Severity = "info",
        Status = "resolved",
        Since = due,
        // Versions count the saves: a number that no other digest of the app has.
        Episode = (int)version + 1,
        Sequence = (int)version + 1,
        Threshold = 0,
        Unit = "count",
        EvaluatedAt = now,
    };
}
