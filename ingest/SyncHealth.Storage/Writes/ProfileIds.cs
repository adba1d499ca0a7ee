namespace SyncHealth.Storage.Writes;

/// <summary>Dictionary ids of a <see cref="ProfileKey"/>: the profile, and its value of the app's promoted tag (0 where none is promoted).</summary>
internal readonly record struct ProfileIds(int ProfileId, int PromotedId);
