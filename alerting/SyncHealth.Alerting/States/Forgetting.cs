namespace SyncHealth.Alerting.States;

/// <summary>Which alert instances need not be remembered any more: segments come and go with every release, and each one that stays costs every round.</summary>
public static class Forgetting
{
    /// <summary>A segment without evidence for so long has left, as a device has that was not heard from for a week.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromDays(7);

    /// <summary>What happened to it stays in the history for as long as raw events stay.</summary>
    public static readonly TimeSpan History = TimeSpan.FromDays(30);

    /// <summary>Whether a quiet instance whose segment has vanished may be forgotten; one that is open or flaps never is.</summary>
    public static bool IsDue(AlertState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return IsQuiet(state) && now - state.SilentSince >= Silence && (state.Sequence == 0 || now - state.Since >= History);
    }

    /// <summary>Whether a quiet instance whose rule is gone may be forgotten.</summary>
    public static bool IsDueWithoutRule(AlertState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return IsQuiet(state) && now - state.Since >= History;
    }

    private static bool IsQuiet(AlertState state) => state is { Status: AlertStatus.Inactive or AlertStatus.Resolved, Flap: null };
}
