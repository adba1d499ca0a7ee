namespace SyncHealth.Fleet.Scenarios;

/// <summary>Teams that share their notes, and a time in which all of them edit the same few.</summary>
/// <param name="TeamSize">Devices that share an account.</param>
/// <param name="From">Fleet time at which it begins.</param>
/// <param name="Until">Fleet time at which it ends.</param>
/// <param name="Busier">How many times as often people open the app in it.</param>
internal sealed record Storm(int TeamSize, TimeSpan From, TimeSpan Until, double Busier)
{
    /// <summary>How many times as often as usual people open the app at a moment.</summary>
    public double BusynessAt(TimeSpan at) => at >= From && at < Until ? Busier : 1;
}
