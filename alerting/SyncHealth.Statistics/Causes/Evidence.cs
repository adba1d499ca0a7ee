using SyncHealth.Statistics.Sequential;
using SyncHealth.Statistics.Strata;

namespace SyncHealth.Statistics.Causes;

/// <summary>How sure it is that rates of two periods differ, from counts of attempts and a design effect.</summary>
internal sealed class Evidence(double designEffect)
{
    private readonly ConfidenceSequence _sequence = new(CauseLimits.PlannedDevices, CauseLimits.Alpha);

    /// <summary>ln of the e-value that the failure rate changed.</summary>
    public double OfChange(CauseCounts before, CauseCounts now) =>
        Of(now.Rate - before.Rate, before.RateVariance + now.RateVariance, before.Devices, now.Devices);

    /// <summary>ln of the e-value that a segment's failure rate changed by something else than the rest's: what happened to everybody is nobody's cause.</summary>
    public double OfContrast(CauseElement segment, CauseCounts before, CauseCounts now)
    {
        var (restBefore, restNow) = (before.Less(segment.Before), now.Less(segment.Now));
        if (restBefore.Attempts <= 0 || restNow.Attempts <= 0)
            return 0;
        var value = segment.Now.Rate - segment.Before.Rate - (restNow.Rate - restBefore.Rate);
        var variance = segment.Now.RateVariance + segment.Before.RateVariance + restNow.RateVariance + restBefore.RateVariance;
        return Of(value, variance, segment.Before.Devices, segment.Now.Devices);
    }

    /// <summary>ln of the e-value that a share of attempts changed, with devices as the trials: they carry their network with them.</summary>
    public double OfShare(double shareBefore, long devicesBefore, double shareNow, long devicesNow)
    {
        var variance = (shareBefore * (1 - shareBefore) / devicesBefore) + (shareNow * (1 - shareNow) / devicesNow);
        return _sequence.LogEvidence(new Difference(shareNow - shareBefore, variance, 0, devicesNow, devicesBefore));
    }

    private double Of(double value, double variance, long devicesBefore, long devicesNow) =>
        _sequence.LogEvidence(new Difference(value, variance * designEffect, 0, devicesNow, devicesBefore));
}
