/*
 * What a judge asks of the process that starts its players: over a socket, one
 * request at a time.  The sandbox is entered once, by that process; each player is
 * a fork of it, and as fresh as it was.
 */
#ifndef HOST_JUDGED_REQUEST_H
#define HOST_JUDGED_REQUEST_H

#include <stdbool.h>

#include "host/judged/shared.h"

enum request {
	REQUEST_PLAYER = 'P', /* end the one there is, start one with these files */
	REQUEST_STATUS = 'S', /* answer with the status it exited with, an int */
};

/* Send a request; REQUEST_PLAYER goes with the files.  False: nobody is there. */
bool request_send(int socket, enum request request,
		  const int files[SHARED_FILES]);

/* Wait for the next request, and get the files of it.  False at the end. */
bool request_receive(int socket, enum request *request, int files[SHARED_FILES]);

#endif
