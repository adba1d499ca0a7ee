using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Routing;

/// <summary>
/// Finds alerts that begin and end again and again. From the fourth change within an hour on nobody is told of further ones; the incident that receivers
/// hold open then ends for them when the alert has been quiet for two of its windows.
/// </summary>
public static class FlapGuard
{
    /// <summary>Begins and ends within <see cref="Within"/> that make a flap.</summary>
    public const int Changes = 4;

    public static readonly TimeSpan Within = TimeSpan.FromHours(1);

    /// <summary>Windows without a change that end a flap.</summary>
    public const int QuietWindows = 2;

    /// <summary>Longest quiet that is asked for: rules on devices look back a week.</summary>
    public static readonly TimeSpan MaxQuiet = TimeSpan.FromHours(1);

    /// <summary>How long a rule's alert must keep its state for a flap to be over.</summary>
    public static TimeSpan QuietOf(TimeSpan window) => QuietWindows * window < MaxQuiet ? QuietWindows * window : MaxQuiet;

    /// <summary>The state with the changes of the last hour, and of <paramref name="now"/> if there is one.</summary>
    public static AlertState Observe(AlertState state, bool isChange, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!isChange && state.RecentChanges.Count == 0)
            return state;
        var recent = state.RecentChanges.Where(at => at > now - Within);
        return state with { RecentChanges = [.. isChange ? recent.Append(now) : recent] };
    }

    /// <summary>Whether the changes that were observed are a flap.</summary>
    public static bool IsFlapping(AlertState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.RecentChanges.Count >= Changes;
    }

    /// <summary>Whether a flap is over.</summary>
    public static bool IsQuiet(AlertState state, TimeSpan window, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.RecentChanges.Count == 0 || now - state.RecentChanges[^1] >= QuietOf(window);
    }
}
