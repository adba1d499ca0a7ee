using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.States;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>
/// Tells groups of alerts at the end of a round. A group is what its alerts are at that moment, so a round that was lost is made up for by the next one;
/// state and notifications are saved together, and of two evaluators one saves.
/// </summary>
internal sealed class GroupTelling(AlertStore store, AlertMemory memory, SetupInForce setup, MessageLinks links, AlertingOptions options)
{
    /// <param name="entries">Open alerts with the groups they belong to.</param>
    /// <param name="now">The round's moment.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task RunAsync(IReadOnlyList<GroupEntry> entries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = memory.Groups.ToDictionary(group => new GroupKey(group.Rule, group.App, new SegmentKey(group.Segment)));
        foreach (var group in entries.GroupBy(entry => entry.Key))
        {
            known.Remove(group.Key, out var before);
            var legs = group.Select(entry => entry.Leg).ToArray();
            var timing = new GroupTiming(group.Min(entry => entry.Wait), legs[0].Destination.GroupInterval, legs[0].Destination.RepeatInterval);
            GroupMember[] members = [.. group.Select(entry => entry.Member).DistinctBy(member => member.Key)];
            await StepAsync(group.Key, before, members, legs[0].Receivers, timing, legs[0].Hold is not null, now, cancellationToken);
        }

        foreach (var (key, group) in known)
            await StepAsync(key, group, [], [], new GroupTiming(TimeSpan.Zero, Read(group).Interval, TimeSpan.Zero), isHeld: false, now, cancellationToken);
    }

    private async Task StepAsync(
        GroupKey key, StoredAlert? stored, GroupMember[] members, IReadOnlyList<string> receivers, GroupTiming timing, bool isHeld, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = stored is null ? new GroupState() : Read(stored).State;
        var step = GroupMachine.Next(before, members, receivers, timing, isHeld, now);
        if (stored is not null && members.Length == 0 && !step.State.IsOpen && now - (step.State.ToldAt ?? step.State.OpenedAt ?? DateTimeOffset.MinValue) >= Forgetting.History)
            await ForgetAsync(key, stored, cancellationToken);
        else if (!ReferenceEquals(step.State, before) && !await store.SaveAsync(Describe(key, before, step, timing, stored?.Version ?? 0, now), cancellationToken))
            memory.Doubt(key.Route);
    }

    private async Task ForgetAsync(GroupKey key, StoredAlert stored, CancellationToken cancellationToken)
    {
        if (await store.ForgetAsync(stored.Rule, stored.App, stored.Segment, stored.Class, stored.Version, cancellationToken))
            memory.Forget(key);
        else
            memory.Doubt(key.Route);
    }

    private AlertSave Describe(GroupKey key, GroupState before, GroupStep step, GroupTiming timing, long version, DateTimeOffset now) => new()
    {
        Rule = key.Route,
        App = key.App,
        Segment = key.Labels.Values,
        Class = GroupComposer.Class,
        Version = version,
        StateJson = AlertJson.Write(new RememberedGroup(step.State, timing.Interval)),
        Severity = Wording.Of(step.Members.Select(member => member.Severity).Concat(before.Shown.Values).DefaultIfEmpty(Rules.AlertSeverity.Warning).Min()),
        Status = step.State.IsOpen ? "firing" : step.State.WaitingSince is not null ? "pending" : "resolved",
        Since = step.State.OpenedAt ?? now,
        Episode = step.State.Episode,
        Sequence = step.State.Sequence,
        Threshold = 0,
        Unit = "count",
        EvaluatedAt = now,
        Notices = step.Kind is { } kind ? NoticesOf(kind, key, before, step, now) : null,
    };

    private NoticeSave NoticesOf(NoticeKind kind, GroupKey key, GroupState before, GroupStep step, DateTimeOffset now) => new(
        step.State.Episode,
        Wording.Of(kind),
        AlertJson.Write(GroupComposer.Compose(key, before, step, links, now)),
        [.. (kind == NoticeKind.Resolve ? before.Told : step.State.Told).Where(receiver => kind != NoticeKind.Acknowledge || setup.Current.HearingAcknowledgements.Contains(receiver))],
        now,
        options.DeliveryClock.GetUtcNow());

    private static RememberedGroup Read(StoredAlert group) => AlertJson.Read<RememberedGroup>(group.StateJson);
}
