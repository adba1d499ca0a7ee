namespace SyncHealth.Host.Demo;

/// <summary>A fleet to run: where it reports, and how many devices live through what.</summary>
internal sealed record FleetOrder(Uri Ingest, string Key, int Devices, string Scenario, int Seed);
