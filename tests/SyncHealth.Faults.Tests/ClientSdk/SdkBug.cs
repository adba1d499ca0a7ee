namespace SyncHealth.Faults.Tests.ClientSdk;

/// <summary>A mistake between the SDK's queue and the network.</summary>
/// <param name="request">The batch.</param>
/// <param name="send">Sends a batch for real.</param>
internal delegate Task<HttpResponseMessage> SdkBug(SdkRequest request, Func<SdkRequest, Task<HttpResponseMessage>> send);
