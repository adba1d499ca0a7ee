namespace SyncHealth.Alerting.Evaluation;

/// <summary>The least data from which anything may be concluded.</summary>
public readonly record struct EvidenceFloor(long Attempts, long Devices)
{
    /// <summary>Enough to say that nothing works: with 0 of 20, even a 70 % success rate would be a chance of 10⁻¹⁰.</summary>
    public static readonly EvidenceFloor OfTotalFailure = new(20, 5);

    public bool IsMetBy(Measurement measurement) =>
        measurement.Value is not null && measurement.Attempts >= Attempts && measurement.Devices >= Devices;
}
