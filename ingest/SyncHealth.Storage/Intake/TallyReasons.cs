namespace SyncHealth.Storage.Intake;

/// <summary>What became of an event that was not rejected; a rejected one has its code for its reason.</summary>
public static class TallyReasons
{
    /// <summary>Committed as new.</summary>
    public const string Accepted = "accepted";

    /// <summary>Known already by identity.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Of the duplicates, those with another body.</summary>
    public const string IdConflict = "id_conflict";

    /// <summary>Whether it says of an event that it was taken, now or before.</summary>
    public static bool IsTaken(string reason) => reason is Accepted or Duplicate or IdConflict;
}
