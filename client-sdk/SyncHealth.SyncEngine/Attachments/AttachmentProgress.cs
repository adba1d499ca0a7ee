namespace SyncHealth.SyncEngine.Attachments;

/// <summary>How far an attachment is, in chunks.</summary>
/// <param name="Total">It has so many.</param>
/// <param name="Here">This device has so many.</param>
/// <param name="AtServer">Of those the server has confirmed so many.</param>
public sealed record AttachmentProgress(int Total, int Here, int AtServer);
