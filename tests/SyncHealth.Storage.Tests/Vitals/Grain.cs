namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Which rows hold every dimension of a question.</summary>
internal enum Grain
{
    Core = 1,
    Fine = 2,
    Event = 3,
}
