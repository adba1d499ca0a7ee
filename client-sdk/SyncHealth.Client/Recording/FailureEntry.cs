namespace SyncHealth.Client.Recording;

/// <summary>Items of one attempt that the server refused for one reason.</summary>
internal record struct FailureEntry(string Entity, string Kind, string? Code, int Count, bool Parked)
{
    internal readonly bool IsSameAs(in FailureEntry other) =>
        Entity == other.Entity && Kind == other.Kind && Code == other.Code && Parked == other.Parked;
}
