namespace SyncHealth.Fleet.Networks;

/// <summary>How a person's device divides its time between networks, in shares of the whole.</summary>
internal sealed record NetworkHabit(double Wifi, double Cellular, double LieFi, double Offline);
