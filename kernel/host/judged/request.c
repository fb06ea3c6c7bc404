#define _GNU_SOURCE

#include "host/judged/request.h"

#include <string.h>
#include <sys/socket.h>

#define FILES_SIZE (SHARED_FILES * sizeof(int))

/* A message of one byte, with room for files beside it: unix(7), SCM_RIGHTS. */
struct envelope {
	char byte;
	struct iovec data;
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(FILES_SIZE)];
	struct msghdr header;
};

static void prepare(struct envelope *envelope, char byte)
{
	memset(envelope, 0, sizeof(*envelope));
	envelope->byte = byte;
	envelope->data = (struct iovec){ &envelope->byte, 1 };
	envelope->header = (struct msghdr){
		.msg_iov = &envelope->data,
		.msg_iovlen = 1,
		.msg_control = envelope->room,
		.msg_controllen = sizeof(envelope->room),
	};
}

bool request_send(int socket, enum request request,
		  const int files[SHARED_FILES])
{
	struct envelope envelope;
	struct cmsghdr *rights;

	prepare(&envelope, (char)request);
	if (request == REQUEST_PLAYER) {
		rights = CMSG_FIRSTHDR(&envelope.header);
		rights->cmsg_level = SOL_SOCKET;
		rights->cmsg_type = SCM_RIGHTS;
		rights->cmsg_len = CMSG_LEN(FILES_SIZE);
		memcpy(CMSG_DATA(rights), files, FILES_SIZE);
	} else {
		envelope.header.msg_controllen = 0;
	}
	return sendmsg(socket, &envelope.header, MSG_NOSIGNAL) == 1;
}

bool request_receive(int socket, enum request *request, int files[SHARED_FILES])
{
	struct envelope envelope;
	struct cmsghdr *rights;

	prepare(&envelope, 0);
	if (recvmsg(socket, &envelope.header, 0) != 1)
		return false;
	*request = (enum request)envelope.byte;
	if (*request != REQUEST_PLAYER)
		return true;
	rights = CMSG_FIRSTHDR(&envelope.header);
	if (!rights || rights->cmsg_len != CMSG_LEN(FILES_SIZE))
		return false;
	memcpy(files, CMSG_DATA(rights), FILES_SIZE);
	return true;
}
