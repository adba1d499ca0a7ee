using SyncHealth.Statistics.Devices;
using SyncHealth.Statistics.Strata;

namespace SyncHealth.Statistics.Sequential;

/// <summary>A difference as a part of the control's share: "slow syncs are up by a tenth".</summary>
/// <remarks>Delta method of a ratio of two independent means, as GrowthBook's relative uplift; Deng, Knoblich and Lu (2018), arXiv:1803.06336, section 3.1.</remarks>
public static class RelativeDifference
{
    /// <summary>(treated − control) / control with its variance; null where the control's share is 0.</summary>
    public static Difference? Of(ShareEstimate treated, long treatedDevices, ShareEstimate control, long controlDevices)
    {
        if (control.Share == 0)
            return null;
        var ratio = treated.Share / control.Share;
        var fromTreated = treated.Variance / (control.Share * control.Share);
        return new Difference(ratio - 1, fromTreated + (control.Variance * ratio * ratio / (control.Share * control.Share)), fromTreated, treatedDevices, controlDevices);
    }
}
