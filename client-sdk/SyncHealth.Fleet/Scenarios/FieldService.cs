namespace SyncHealth.Fleet.Scenarios;

/// <summary>Technicians on the road: they work through jobs at customers' with photos, on mobile networks, and come back to the depot's wireless LAN in the evening.</summary>
/// <param name="Share">Share of the fleet that are technicians, from 0 to 1.</param>
/// <param name="CrewSize">Devices of neighbouring numbers whose technicians share their jobs.</param>
/// <param name="BackAt">Fleet time at which they are back at the depot.</param>
/// <param name="LeaveAt">Fleet time at which they leave it.</param>
internal sealed record FieldService(double Share, int CrewSize, TimeSpan BackAt, TimeSpan LeaveAt)
{
    /// <summary>The persona of technicians.</summary>
    public const string Cohort = "field";
}
