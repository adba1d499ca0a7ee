namespace SyncHealth.Alerting.Routing;

/// <summary>
/// Tells alerts of one group as one incident. Its first message waits for company; after that no two messages come closer than the interval, and what
/// happened in between is told once, as it then stands. The end is always told, also while a mute time holds. Pure: no clock, no I/O.
/// </summary>
public static class GroupMachine
{
    /// <summary>The group after a round.</summary>
    /// <param name="state">The group before.</param>
    /// <param name="open">Its open alerts.</param>
    /// <param name="receivers">Who hears of it; those told of an incident stay the same until it ends.</param>
    /// <param name="timing">When it speaks.</param>
    /// <param name="isHeld">Whether a mute time holds.</param>
    /// <param name="now">The round's moment.</param>
    public static GroupStep Next(GroupState state, IReadOnlyList<GroupMember> open, IReadOnlyList<string> receivers, GroupTiming timing, bool isHeld, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        GroupMember[] told = [.. open.Where(member => !member.IsMuted || state.Shown.ContainsKey(member.Key)).OrderBy(member => member.Severity).ThenBy(member => member.Since).ThenBy(member => member.Key, StringComparer.Ordinal)];
        return state.IsOpen ? Continue(state, told, timing, isHeld, now) : Begin(state, told, receivers, timing, isHeld, now);
    }

    private static GroupStep Begin(GroupState state, GroupMember[] told, IReadOnlyList<string> receivers, GroupTiming timing, bool isHeld, DateTimeOffset now)
    {
        var since = told.Length == 0 ? (DateTimeOffset?)null : state.WaitingSince ?? now;
        var waiting = state.WaitingSince == since ? state : state with { WaitingSince = since };
        // An interval is kept over the end of an incident too: a group that comes and goes is not told each time.
        if (since is not { } begun || receivers.Count == 0 || isHeld || now - begun < timing.Wait || now - state.ToldAt < timing.Interval)
            return new GroupStep(waiting, null, told, 0);
        return Say(waiting with { Episode = state.Episode + 1, OpenedAt = now, WaitingSince = null, Told = receivers }, NoticeKind.Trigger, told, now);
    }

    private static GroupStep Continue(GroupState state, GroupMember[] told, GroupTiming timing, bool isHeld, DateTimeOffset now)
    {
        if (state.AcknowledgedBy is null && told.Length > 0 && told.All(member => member.AcknowledgedBy is not null && state.Shown.ContainsKey(member.Key)))
            return Acknowledge(state, told);
        var age = now - state.ToldAt!.Value;
        if (age < timing.Interval)
            return new GroupStep(state, null, told, 0);
        if (told.Length == 0)
            return End(state, now);
        var isNews = told.Any(member => !state.Shown.TryGetValue(member.Key, out var severity) || member.Severity < severity) || told.Length < state.Shown.Count;
        var isDue = timing.Repeat > TimeSpan.Zero && age >= timing.Repeat;
        return !isHeld && (isNews || isDue) ? Say(state, NoticeKind.Update, told, now) : new GroupStep(state, null, told, 0);
    }

    /// <summary>Not bound by the interval: it quiets a pager.</summary>
    private static GroupStep Acknowledge(GroupState state, GroupMember[] told)
    {
        var by = string.Join(", ", told.Select(member => member.AcknowledgedBy).Distinct());
        return new GroupStep(state with { Sequence = state.Sequence + 1, AcknowledgedBy = by }, NoticeKind.Acknowledge, told, 0);
    }

    private static GroupStep End(GroupState state, DateTimeOffset now)
    {
        var ended = Say(state, NoticeKind.Resolve, [], now);
        return ended with { State = ended.State with { Told = [] } };
    }

    private static GroupStep Say(GroupState state, NoticeKind kind, GroupMember[] told, DateTimeOffset now)
    {
        var shown = told.ToDictionary(member => member.Key, member => member.Severity, StringComparer.Ordinal);
        var over = kind == NoticeKind.Trigger ? 0 : state.Shown.Keys.Count(key => !shown.ContainsKey(key));
        return new GroupStep(state with { Sequence = state.Sequence + 1, ToldAt = now, Shown = shown, AcknowledgedBy = shown.Keys.All(state.Shown.ContainsKey) ? state.AcknowledgedBy : null }, kind, told, over);
    }
}
